CREATE TABLE "action_items" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_number" text NOT NULL,
	"step" text,
	"what" text NOT NULL,
	"owner_id" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"chase" text,
	"opened_by" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"done_by" text,
	"done_at" timestamp (3) with time zone,
	"done_note" text,
	"checked_by" text,
	"checked_at" timestamp (3) with time zone,
	"check_note" text,
	"reopened" integer DEFAULT 0 NOT NULL,
	"reopened_because" text
);
--> statement-breakpoint
CREATE TABLE "chases" (
	"number" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"order_number" text,
	"incident_number" text,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"phase" text NOT NULL,
	"owner_id" text,
	"ended_at" timestamp (3) with time zone,
	"policy_revision" integer NOT NULL,
	"state_version" integer DEFAULT 0 NOT NULL,
	"workflow_run_id" text,
	"resume" jsonb,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "holds" (
	"id" text PRIMARY KEY NOT NULL,
	"order_number" text NOT NULL,
	"reason" text NOT NULL,
	"owner_id" text NOT NULL,
	"note" text,
	"due_at" timestamp (3) with time zone,
	"incident_number" text,
	"step" text,
	"held_by" text NOT NULL,
	"held_at" timestamp (3) with time zone NOT NULL,
	"released_by" text,
	"released_at" timestamp (3) with time zone,
	"released_because" text
);
--> statement-breakpoint
CREATE TABLE "call_counts" (
	"part" text NOT NULL,
	"minute" timestamp (3) with time zone NOT NULL,
	"process" text NOT NULL,
	"calls" integer NOT NULL,
	"failed" integer NOT NULL,
	CONSTRAINT "call_counts_part_minute_process_pk" PRIMARY KEY("part","minute","process")
);
--> statement-breakpoint
CREATE TABLE "monitors" (
	"key" text PRIMARY KEY NOT NULL,
	"rule" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"state" jsonb NOT NULL,
	"looked_at" timestamp (3) with time zone,
	"last_error" text,
	"updated_by" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mutes" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"monitor" text,
	"subject" text,
	"type" text,
	"reason" text NOT NULL,
	"owner_id" text NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_by" text,
	"ended_at" timestamp (3) with time zone,
	"quieted" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "probes" (
	"endpoint_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"ok" boolean NOT NULL,
	"took_ms" integer NOT NULL,
	"error" text,
	CONSTRAINT "probes_endpoint_id_at_pk" PRIMARY KEY("endpoint_id","at")
);
--> statement-breakpoint
CREATE TABLE "signal_maps" (
	"source" text PRIMARY KEY NOT NULL,
	"map" jsonb NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "archive" text;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "archive_hash" text;--> statement-breakpoint
ALTER TABLE "playbooks" ADD COLUMN "retired_by" text;--> statement-breakpoint
ALTER TABLE "playbooks" ADD COLUMN "retired_because" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "risk" integer;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "risk_reasons" jsonb;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "risk_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "deadlines" ADD COLUMN "chase_number" text;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "chase_number" text;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "joined_to" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "chase_number" text;--> statement-breakpoint
ALTER TABLE "action_items" ADD CONSTRAINT "action_items_incident_number_incidents_number_fk" FOREIGN KEY ("incident_number") REFERENCES "public"."incidents"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_order_number_orders_number_fk" FOREIGN KEY ("order_number") REFERENCES "public"."orders"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_incident_number_incidents_number_fk" FOREIGN KEY ("incident_number") REFERENCES "public"."incidents"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "probes" ADD CONSTRAINT "probes_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "action_items_incident" ON "action_items" USING btree ("incident_number");--> statement-breakpoint
CREATE INDEX "action_items_open" ON "action_items" USING btree ("due_at") WHERE "action_items"."state" <> 'closed';--> statement-breakpoint
CREATE INDEX "chases_open" ON "chases" USING btree ("phase") WHERE "chases"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "chases_incident" ON "chases" USING btree ("incident_number");--> statement-breakpoint
CREATE INDEX "chases_order" ON "chases" USING btree ("order_number");--> statement-breakpoint
CREATE INDEX "holds_order" ON "holds" USING btree ("order_number");--> statement-breakpoint
CREATE INDEX "holds_incident" ON "holds" USING btree ("incident_number");--> statement-breakpoint
CREATE INDEX "call_counts_minute" ON "call_counts" USING btree ("minute");--> statement-breakpoint
CREATE INDEX "mutes_until" ON "mutes" USING btree ("until_at");--> statement-breakpoint
CREATE INDEX "probes_at" ON "probes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "incidents_parent" ON "incidents" USING btree ("parent");--> statement-breakpoint
CREATE INDEX "orders_risk" ON "orders" USING btree ("risk" DESC NULLS LAST) WHERE "orders"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "deadlines_chase" ON "deadlines" USING btree ("chase_number") WHERE "deadlines"."chase_number" is not null;--> statement-breakpoint
CREATE INDEX "notices_chase" ON "notices" USING btree ("chase_number") WHERE "notices"."chase_number" is not null;--> statement-breakpoint
CREATE INDEX "tasks_chase" ON "tasks" USING btree ("chase_number") WHERE "tasks"."chase_number" is not null;