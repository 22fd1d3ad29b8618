CREATE TABLE "customers" (
	"id" text PRIMARY KEY NOT NULL,
	"client_id" text,
	"name" text NOT NULL,
	"email" text,
	"phone" text,
	"locale" text DEFAULT 'zh-CN' NOT NULL,
	"tier" text DEFAULT 'regular' NOT NULL,
	"sales_owner_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "products" (
	"sku" text PRIMARY KEY NOT NULL,
	"name_zh" text NOT NULL,
	"name_en" text NOT NULL,
	"unit" text DEFAULT '件' NOT NULL,
	"lead_time_kind" text NOT NULL,
	"lead_time_days" integer,
	"scales_with_quantity" boolean DEFAULT true NOT NULL,
	"price_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"discontinued" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "products_price_not_negative" CHECK ("products"."price_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "milestones" (
	"order_number" text NOT NULL,
	"milestone" text NOT NULL,
	"done" boolean NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"projected_finish" date,
	"by" text NOT NULL,
	CONSTRAINT "milestones_order_number_milestone_pk" PRIMARY KEY("order_number","milestone")
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"order_number" text NOT NULL,
	"line" integer NOT NULL,
	"sku" text NOT NULL,
	"quantity" integer NOT NULL,
	"unit_price_minor" bigint NOT NULL,
	"discount_bp" integer DEFAULT 0 NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "order_lines_order_number_line_pk" PRIMARY KEY("order_number","line"),
	CONSTRAINT "order_lines_quantity_positive" CHECK ("order_lines"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "order_numbers" (
	"day" date PRIMARY KEY NOT NULL,
	"last" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"number" text PRIMARY KEY NOT NULL,
	"customer_id" text NOT NULL,
	"client_id" text,
	"requested_by" text,
	"sales_owner_id" text,
	"channel" text NOT NULL,
	"customer_reference" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	"class" text NOT NULL,
	"grade" integer NOT NULL,
	"red" boolean NOT NULL,
	"key_order" boolean NOT NULL,
	"key_order_reason" jsonb,
	"urgency" integer NOT NULL,
	"importance" integer NOT NULL,
	"score" integer NOT NULL,
	"reasons" jsonb NOT NULL,
	"decisions" jsonb NOT NULL,
	"policy_revision" integer NOT NULL,
	"phase" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"requested_delivery" date NOT NULL,
	"requested_reply_by" text,
	"delivery_before_confirmation" boolean DEFAULT false NOT NULL,
	"ship_to" jsonb NOT NULL,
	"shipping_method" text,
	"process" text,
	"special_requirements" text,
	"priority_reason" text,
	"ground" text,
	"ground_statement" text,
	"ground_confirmed" boolean,
	"team" jsonb,
	"measure" text,
	"promised_delivery" date,
	"confirmed_at" timestamp (3) with time zone,
	"confirmed_by" text,
	"projected_finish" date,
	"at_risk" boolean DEFAULT false NOT NULL,
	"end_reason" text,
	"ended_at" timestamp (3) with time zone,
	"state_version" integer DEFAULT 0 NOT NULL,
	"workflow_run_id" text,
	"resume" jsonb,
	"tracking_version" integer DEFAULT 1 NOT NULL,
	"import_key" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "orders_import_key_unique" UNIQUE("import_key"),
	CONSTRAINT "orders_amount_not_negative" CHECK ("orders"."amount_minor" >= 0),
	CONSTRAINT "orders_version_not_negative" CHECK ("orders"."state_version" >= 0)
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" text PRIMARY KEY NOT NULL,
	"order_number" text NOT NULL,
	"round" integer NOT NULL,
	"order_version" integer NOT NULL,
	"measure" text NOT NULL,
	"promised_delivery" date NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"credential" text,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" text PRIMARY KEY NOT NULL,
	"order_number" text NOT NULL,
	"point" text NOT NULL,
	"department" text NOT NULL,
	"text" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answer" text,
	"answered_how" text,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "api_clients" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"kind" text NOT NULL,
	"client_id" text,
	"person_id" text,
	"role" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "credentials_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"phone" text,
	"locale" text DEFAULT 'zh-CN' NOT NULL,
	"department" text NOT NULL,
	"roles" text[] NOT NULL,
	"skills" text[] DEFAULT '{}' NOT NULL,
	"head" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"subject" text NOT NULL,
	"actor" text NOT NULL,
	"credential" text NOT NULL,
	"action" text NOT NULL,
	"detail" jsonb NOT NULL,
	"outcome" jsonb,
	CONSTRAINT "audit_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "calendar_days" (
	"date" text PRIMARY KEY NOT NULL,
	"working" boolean NOT NULL,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "commands" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text,
	"credential_id" text NOT NULL,
	"route" text NOT NULL,
	"body_hash" text NOT NULL,
	"principal" text NOT NULL,
	"credential" text NOT NULL,
	"kind" text NOT NULL,
	"target" text NOT NULL,
	"name" text NOT NULL,
	"body" jsonb NOT NULL,
	"payload" jsonb,
	"state" text NOT NULL,
	"status" integer,
	"result" jsonb,
	"answer" jsonb,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"next_attempt_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "deadline_instants" (
	"deadline_id" text NOT NULL,
	"kind" text NOT NULL,
	"index" integer NOT NULL,
	"role" text,
	"at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"reached" jsonb,
	"why" text,
	"reported_at" timestamp (3) with time zone,
	CONSTRAINT "deadline_instants_deadline_id_kind_index_pk" PRIMARY KEY("deadline_id","kind","index")
);
--> statement-breakpoint
CREATE TABLE "deadlines" (
	"id" text PRIMARY KEY NOT NULL,
	"workflow_id" text NOT NULL,
	"order_number" text,
	"kind" text NOT NULL,
	"round" integer DEFAULT 1 NOT NULL,
	"class" text NOT NULL,
	"policy_revision" integer NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"provisional" boolean NOT NULL,
	"basis" text NOT NULL,
	"state" text NOT NULL,
	"met_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"key" text PRIMARY KEY NOT NULL,
	"step" text NOT NULL,
	"order_number" text,
	"recipient" text NOT NULL,
	"channel" text DEFAULT 'mail' NOT NULL,
	"template" text NOT NULL,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" text NOT NULL,
	"address" text,
	"subject" text,
	"message_id" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"read_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"revision" integer PRIMARY KEY NOT NULL,
	"policy" jsonb NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"workflow_id" text NOT NULL,
	"order_number" text,
	"kind" text NOT NULL,
	"role" text NOT NULL,
	"department" text NOT NULL,
	"round" integer DEFAULT 1 NOT NULL,
	"assignee_id" text,
	"assigned_because" text,
	"state" text NOT NULL,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"deadline_id" text,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"result" jsonb,
	"finished_by" text,
	"finished_credential" text,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_client_id_api_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_sales_owner_id_people_id_fk" FOREIGN KEY ("sales_owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestones" ADD CONSTRAINT "milestones_order_number_orders_number_fk" FOREIGN KEY ("order_number") REFERENCES "public"."orders"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_number_orders_number_fk" FOREIGN KEY ("order_number") REFERENCES "public"."orders"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_sku_products_sku_fk" FOREIGN KEY ("sku") REFERENCES "public"."products"("sku") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_sales_owner_id_people_id_fk" FOREIGN KEY ("sales_owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_order_number_orders_number_fk" FOREIGN KEY ("order_number") REFERENCES "public"."orders"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_order_number_orders_number_fk" FOREIGN KEY ("order_number") REFERENCES "public"."orders"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_client_id_api_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."api_clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deadline_instants" ADD CONSTRAINT "deadline_instants_deadline_id_deadlines_id_fk" FOREIGN KEY ("deadline_id") REFERENCES "public"."deadlines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "customers_email" ON "customers" USING btree (coalesce("client_id", ''),"email") WHERE "customers"."email" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "customers_phone" ON "customers" USING btree (coalesce("client_id", ''),"phone") WHERE "customers"."phone" is not null;--> statement-breakpoint
CREATE INDEX "customers_name" ON "customers" USING btree ("name");--> statement-breakpoint
CREATE INDEX "orders_created" ON "orders" USING btree ("created_at" DESC NULLS LAST,"number" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "orders_customer" ON "orders" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "orders_open" ON "orders" USING btree ("phase") WHERE "orders"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_one_open" ON "proposals" USING btree ("order_number") WHERE "proposals"."state" = 'open';--> statement-breakpoint
CREATE INDEX "proposals_order" ON "proposals" USING btree ("order_number");--> statement-breakpoint
CREATE INDEX "questions_order" ON "questions" USING btree ("order_number");--> statement-breakpoint
CREATE INDEX "credentials_person" ON "credentials" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "people_email" ON "people" USING btree (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "people_one_head_a_department" ON "people" USING btree ("department") WHERE "people"."head" and "people"."active";--> statement-breakpoint
CREATE INDEX "people_roles" ON "people" USING gin ("roles");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "commands_key" ON "commands" USING btree ("credential_id","route","key") WHERE "commands"."key" is not null;--> statement-breakpoint
CREATE INDEX "commands_pending" ON "commands" USING btree ("created_at") WHERE "commands"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "commands_target" ON "commands" USING btree ("target");--> statement-breakpoint
CREATE INDEX "deadline_instants_planned" ON "deadline_instants" USING btree ("at") WHERE "deadline_instants"."state" = 'planned';--> statement-breakpoint
CREATE INDEX "deadlines_order" ON "deadlines" USING btree ("order_number");--> statement-breakpoint
CREATE INDEX "deadlines_open" ON "deadlines" USING btree ("due_at") WHERE "deadlines"."state" = 'open';--> statement-breakpoint
CREATE INDEX "notices_step" ON "notices" USING btree ("step");--> statement-breakpoint
CREATE INDEX "notices_order" ON "notices" USING btree ("order_number");--> statement-breakpoint
CREATE INDEX "notices_unsent" ON "notices" USING btree ("created_at") WHERE "notices"."state" in ('queued','sending','failed');--> statement-breakpoint
CREATE INDEX "tasks_order" ON "tasks" USING btree ("order_number");--> statement-breakpoint
CREATE INDEX "tasks_open_assignee" ON "tasks" USING btree ("assignee_id") WHERE "tasks"."state" = 'open';--> statement-breakpoint
CREATE INDEX "tasks_open_role" ON "tasks" USING btree ("role") WHERE "tasks"."state" = 'open';--> statement-breakpoint
CREATE INDEX "tasks_deadline" ON "tasks" USING btree ("deadline_id");