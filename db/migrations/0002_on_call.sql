CREATE TABLE "delegations" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"stand_in_id" text NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"to_at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "delegations_span" CHECK ("delegations"."from_at" < "delegations"."to_at" and "delegations"."person_id" <> "delegations"."stand_in_id")
);
--> statement-breakpoint
CREATE TABLE "on_call_overrides" (
	"id" text PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"to_at" timestamp (3) with time zone NOT NULL,
	"person_id" text NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "on_call_overrides_span" CHECK ("on_call_overrides"."from_at" < "on_call_overrides"."to_at")
);
--> statement-breakpoint
CREATE TABLE "on_call_shifts" (
	"role" text NOT NULL,
	"weekday" integer NOT NULL,
	"from_time" text NOT NULL,
	"to_time" text NOT NULL,
	"person_id" text NOT NULL,
	CONSTRAINT "on_call_shifts_role_weekday_from_time_pk" PRIMARY KEY("role","weekday","from_time"),
	CONSTRAINT "on_call_shifts_weekday" CHECK ("on_call_shifts"."weekday" between 1 and 7)
);
--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_stand_in_id_people_id_fk" FOREIGN KEY ("stand_in_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "on_call_overrides" ADD CONSTRAINT "on_call_overrides_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "on_call_shifts" ADD CONSTRAINT "on_call_shifts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delegations_person" ON "delegations" USING btree ("person_id","to_at");--> statement-breakpoint
CREATE INDEX "on_call_overrides_person" ON "on_call_overrides" USING btree ("person_id","to_at");--> statement-breakpoint
CREATE INDEX "on_call_shifts_person" ON "on_call_shifts" USING btree ("person_id");