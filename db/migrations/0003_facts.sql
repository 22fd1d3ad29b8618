CREATE TABLE "endpoints" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"address" text NOT NULL,
	"interval_seconds" integer NOT NULL,
	"serves" text NOT NULL,
	"severity_hint" integer NOT NULL,
	"owner_id" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"source" text NOT NULL,
	"id" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "webhook_deliveries_source_id_pk" PRIMARY KEY("source","id")
);
--> statement-breakpoint
CREATE TABLE "carrier_scans" (
	"shipment_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"code" text NOT NULL,
	"place" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "carrier_scans_shipment_id_at_code_pk" PRIMARY KEY("shipment_id","at","code")
);
--> statement-breakpoint
CREATE TABLE "shipments" (
	"id" text PRIMARY KEY NOT NULL,
	"carrier" text NOT NULL,
	"tracking_number" text NOT NULL,
	"order_number" text NOT NULL,
	"warehouse_id" text NOT NULL,
	"promised_day" date NOT NULL,
	"pickup_by" timestamp (3) with time zone,
	"status" text NOT NULL,
	"last_scan_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" text PRIMARY KEY NOT NULL,
	"order_number" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"provider" text NOT NULL,
	"reference" text NOT NULL,
	"state" text NOT NULL,
	"failure" text,
	"at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "payments_amount_positive" CHECK ("payments"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "purchase_order_lines" (
	"purchase_order" text NOT NULL,
	"line" integer NOT NULL,
	"sku" text NOT NULL,
	"quantity" integer NOT NULL,
	"unit_price_minor" bigint NOT NULL,
	"accepted" integer DEFAULT 0 NOT NULL,
	"rejected" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "purchase_order_lines_purchase_order_line_pk" PRIMARY KEY("purchase_order","line"),
	CONSTRAINT "purchase_order_lines_quantity_positive" CHECK ("purchase_order_lines"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "purchase_orders" (
	"number" text PRIMARY KEY NOT NULL,
	"supplier_number" text NOT NULL,
	"warehouse_id" text,
	"currency" text NOT NULL,
	"ordered_at" timestamp (3) with time zone NOT NULL,
	"needed_by" date NOT NULL,
	"confirmed_date" date,
	"confirmed_at" timestamp (3) with time zone,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "purchase_waits" (
	"purchase_order" text NOT NULL,
	"line" integer NOT NULL,
	"order_number" text NOT NULL,
	"order_line" integer NOT NULL,
	CONSTRAINT "purchase_waits_purchase_order_line_order_number_order_line_pk" PRIMARY KEY("purchase_order","line","order_number","order_line")
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"id" text PRIMARY KEY NOT NULL,
	"purchase_order" text NOT NULL,
	"line" integer NOT NULL,
	"accepted" integer NOT NULL,
	"rejected" integer NOT NULL,
	"reference" text,
	"note" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "record_numbers" (
	"series" text NOT NULL,
	"day" date NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "record_numbers_series_day_pk" PRIMARY KEY("series","day")
);
--> statement-breakpoint
CREATE TABLE "stock" (
	"warehouse_id" text NOT NULL,
	"sku" text NOT NULL,
	"on_hand" integer NOT NULL,
	"reserved" integer DEFAULT 0 NOT NULL,
	"reorder_level" integer,
	"counted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "stock_warehouse_id_sku_pk" PRIMARY KEY("warehouse_id","sku"),
	CONSTRAINT "stock_not_negative" CHECK ("stock"."on_hand" >= 0 and "stock"."reserved" >= 0)
);
--> statement-breakpoint
CREATE TABLE "supplier_offers" (
	"supplier_number" text NOT NULL,
	"sku" text NOT NULL,
	"price_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"lead_time_days" integer NOT NULL,
	"min_quantity" integer NOT NULL,
	CONSTRAINT "supplier_offers_supplier_number_sku_pk" PRIMARY KEY("supplier_number","sku"),
	CONSTRAINT "supplier_offers_price_not_negative" CHECK ("supplier_offers"."price_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "suppliers" (
	"number" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"contact_person" text,
	"email" text,
	"phone" text,
	"locale" text DEFAULT 'zh-CN' NOT NULL,
	"standing" text NOT NULL,
	"capabilities" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "warehouses" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"country" text NOT NULL,
	"region" text,
	"city" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_clients" ADD COLUMN "scopes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_scans" ADD CONSTRAINT "carrier_scans_shipment_id_shipments_id_fk" FOREIGN KEY ("shipment_id") REFERENCES "public"."shipments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shipments" ADD CONSTRAINT "shipments_order_number_orders_number_fk" FOREIGN KEY ("order_number") REFERENCES "public"."orders"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shipments" ADD CONSTRAINT "shipments_warehouse_id_warehouses_id_fk" FOREIGN KEY ("warehouse_id") REFERENCES "public"."warehouses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_order_number_orders_number_fk" FOREIGN KEY ("order_number") REFERENCES "public"."orders"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD CONSTRAINT "purchase_order_lines_purchase_order_purchase_orders_number_fk" FOREIGN KEY ("purchase_order") REFERENCES "public"."purchase_orders"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD CONSTRAINT "purchase_order_lines_sku_products_sku_fk" FOREIGN KEY ("sku") REFERENCES "public"."products"("sku") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchase_orders" ADD CONSTRAINT "purchase_orders_supplier_number_suppliers_number_fk" FOREIGN KEY ("supplier_number") REFERENCES "public"."suppliers"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchase_orders" ADD CONSTRAINT "purchase_orders_warehouse_id_warehouses_id_fk" FOREIGN KEY ("warehouse_id") REFERENCES "public"."warehouses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchase_waits" ADD CONSTRAINT "purchase_waits_line" FOREIGN KEY ("purchase_order","line") REFERENCES "public"."purchase_order_lines"("purchase_order","line") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "purchase_waits" ADD CONSTRAINT "purchase_waits_order_line" FOREIGN KEY ("order_number","order_line") REFERENCES "public"."order_lines"("order_number","line") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_line" FOREIGN KEY ("purchase_order","line") REFERENCES "public"."purchase_order_lines"("purchase_order","line") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock" ADD CONSTRAINT "stock_warehouse_id_warehouses_id_fk" FOREIGN KEY ("warehouse_id") REFERENCES "public"."warehouses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock" ADD CONSTRAINT "stock_sku_products_sku_fk" FOREIGN KEY ("sku") REFERENCES "public"."products"("sku") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplier_offers" ADD CONSTRAINT "supplier_offers_supplier_number_suppliers_number_fk" FOREIGN KEY ("supplier_number") REFERENCES "public"."suppliers"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supplier_offers" ADD CONSTRAINT "supplier_offers_sku_products_sku_fk" FOREIGN KEY ("sku") REFERENCES "public"."products"("sku") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_received" ON "webhook_deliveries" USING btree ("received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "shipments_tracking" ON "shipments" USING btree ("carrier","tracking_number");--> statement-breakpoint
CREATE INDEX "shipments_order" ON "shipments" USING btree ("order_number");--> statement-breakpoint
CREATE INDEX "shipments_created" ON "shipments" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "shipments_open" ON "shipments" USING btree ("carrier") WHERE "shipments"."status" not in ('signedFor','returned');--> statement-breakpoint
CREATE UNIQUE INDEX "payments_reference" ON "payments" USING btree ("provider","reference");--> statement-breakpoint
CREATE INDEX "payments_order" ON "payments" USING btree ("order_number");--> statement-breakpoint
CREATE INDEX "payments_at" ON "payments" USING btree ("at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "purchase_orders_created" ON "purchase_orders" USING btree ("created_at" DESC NULLS LAST,"number" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "purchase_orders_open" ON "purchase_orders" USING btree ("supplier_number") WHERE "purchase_orders"."state" <> 'received';--> statement-breakpoint
CREATE INDEX "purchase_waits_order" ON "purchase_waits" USING btree ("order_number");--> statement-breakpoint
CREATE INDEX "receipts_purchase_order" ON "receipts" USING btree ("purchase_order");--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_reference" ON "receipts" USING btree ("purchase_order","line","reference") WHERE "receipts"."reference" is not null;--> statement-breakpoint
CREATE INDEX "stock_sku" ON "stock" USING btree ("sku");--> statement-breakpoint
CREATE INDEX "supplier_offers_sku" ON "supplier_offers" USING btree ("sku");