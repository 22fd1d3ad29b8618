CREATE TABLE "incident_orders" (
	"incident" text NOT NULL,
	"order_number" text NOT NULL,
	"because" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "incident_orders_incident_order_number_pk" PRIMARY KEY("incident","order_number")
);
--> statement-breakpoint
CREATE TABLE "incident_reports" (
	"id" text PRIMARY KEY NOT NULL,
	"incident" text NOT NULL,
	"by" text NOT NULL,
	"source" text NOT NULL,
	"summary" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "incident_steps" (
	"incident" text NOT NULL,
	"key" text NOT NULL,
	"state" text NOT NULL,
	"outcome" text,
	"said" jsonb,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"by" text,
	CONSTRAINT "incident_steps_incident_key_pk" PRIMARY KEY("incident","key")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"number" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"playbook_revision" integer NOT NULL,
	"summary" text NOT NULL,
	"source" text NOT NULL,
	"dedup_key" text,
	"count" integer DEFAULT 1 NOT NULL,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"parent" text,
	"recurrence_of" text,
	"drill" boolean DEFAULT false NOT NULL,
	"phase" text NOT NULL,
	"severity" integer NOT NULL,
	"severity_by" text NOT NULL,
	"severity_because" jsonb NOT NULL,
	"reported_by" text NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL,
	"owner_id" text,
	"acknowledged_by" text,
	"acknowledged_at" timestamp (3) with time zone,
	"team" jsonb,
	"confirmed_by" text,
	"confirmed_at" timestamp (3) with time zone,
	"mitigated_at" timestamp (3) with time zone,
	"resolved_at" timestamp (3) with time zone,
	"root_cause" jsonb,
	"ended_at" timestamp (3) with time zone,
	"policy_revision" integer NOT NULL,
	"state_version" integer DEFAULT 0 NOT NULL,
	"workflow_run_id" text,
	"resume" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playbooks" (
	"type" text NOT NULL,
	"revision" integer NOT NULL,
	"state" text NOT NULL,
	"playbook" jsonb NOT NULL,
	"built_in" text,
	"drafted_by" text NOT NULL,
	"drafted_at" timestamp (3) with time zone NOT NULL,
	"published_by" text,
	"published_at" timestamp (3) with time zone,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "playbooks_type_revision_pk" PRIMARY KEY("type","revision")
);
--> statement-breakpoint
ALTER TABLE "deadlines" ADD COLUMN "incident_number" text;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "incident_number" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "incident_number" text;--> statement-breakpoint
ALTER TABLE "incident_orders" ADD CONSTRAINT "incident_orders_incident_incidents_number_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_orders" ADD CONSTRAINT "incident_orders_order_number_orders_number_fk" FOREIGN KEY ("order_number") REFERENCES "public"."orders"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_reports" ADD CONSTRAINT "incident_reports_incident_incidents_number_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_steps" ADD CONSTRAINT "incident_steps_incident_incidents_number_fk" FOREIGN KEY ("incident") REFERENCES "public"."incidents"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incident_orders_order" ON "incident_orders" USING btree ("order_number");--> statement-breakpoint
CREATE INDEX "incident_reports_incident" ON "incident_reports" USING btree ("incident");--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_open_key" ON "incidents" USING btree ("dedup_key") WHERE "incidents"."dedup_key" is not null and "incidents"."resolved_at" is null and "incidents"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "incidents_open" ON "incidents" USING btree ("phase") WHERE "incidents"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "incidents_created" ON "incidents" USING btree ("created_at" DESC NULLS LAST,"number" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "incidents_type" ON "incidents" USING btree ("type");--> statement-breakpoint
CREATE UNIQUE INDEX "playbooks_one_published" ON "playbooks" USING btree ("type") WHERE "playbooks"."state" = 'published';--> statement-breakpoint
CREATE UNIQUE INDEX "playbooks_one_draft" ON "playbooks" USING btree ("type") WHERE "playbooks"."state" = 'draft';--> statement-breakpoint
CREATE INDEX "deadlines_incident" ON "deadlines" USING btree ("incident_number");--> statement-breakpoint
CREATE INDEX "notices_incident" ON "notices" USING btree ("incident_number");--> statement-breakpoint
CREATE INDEX "tasks_incident" ON "tasks" USING btree ("incident_number");