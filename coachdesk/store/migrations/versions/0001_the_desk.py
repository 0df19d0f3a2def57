"""The desk as it began; written out once from the tables of the first version, never changed since."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TRIGGERS = (
    "CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log "
    "BEGIN SELECT RAISE(ABORT, 'the log is only appended to'); END",
    "CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log "
    "BEGIN SELECT RAISE(ABORT, 'the log is only appended to'); END",
)


def upgrade() -> None:
    op.create_table(
        "bundle",
        sa.Column("region_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("prev", sa.Text(), server_default="", nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("handed", sa.Text(), nullable=True),
        sa.Column("receipt_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("region_id", "epoch", "seq", name=op.f("pk_bundle")),
    )
    op.create_index("ix_bundle_sha256", "bundle", ["sha256"], unique=False)
    op.create_index("ix_bundle_state", "bundle", ["region_id", "state"], unique=False)
    op.create_table(
        "coach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="fi", nullable=False),
        sa.Column("role", sa.Text(), server_default="coach", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach")),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_table(
        "draft",
        sa.Column("coach_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("caret", sa.Integer(), server_default="0", nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("coach_id", "form", "subject", name=op.f("pk_draft")),
    )
    op.create_table(
        "log",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=True),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_log")),
    )
    op.create_index("ix_log_trainee_id", "log", ["trainee_id", "seq"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "phase_norm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_norm")),
    )
    op.create_table(
        "region",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), server_default="", nullable=False),
        sa.Column("name_fi", sa.Text(), server_default="", nullable=False),
        sa.Column("name_sv", sa.Text(), server_default="", nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("enrolled", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), server_default="1", nullable=False),
        sa.Column("receipt_number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("receipt_at", sa.Text(), nullable=True),
        sa.Column("missing", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("recipient", name=op.f("uq_region_recipient")),
    )
    op.create_table(
        "trainee_key",
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("trainee_id", name=op.f("pk_trainee_key")),
    )
    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_fi", sa.Text(), server_default="", nullable=False),
        sa.Column("name_sv", sa.Text(), server_default="", nullable=False),
        sa.Column("organisation", sa.Text(), server_default="", nullable=False),
        sa.Column("street_address", sa.Text(), server_default="", nullable=False),
        sa.Column("postal_code", sa.Text(), server_default="", nullable=False),
        sa.Column("post_office", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("rows", sa.Integer(), server_default="0", nullable=False),
        sa.Column("undone", sa.Text(), nullable=True),
        sa.Column("touched", sa.Text(), nullable=True),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name=op.f("fk_import_batch_coach_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_table(
        "workshop_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_group_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_group")),
    )
    op.create_table(
        "day_not_held",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["workshop_group.id"], name=op.f("fk_day_not_held_group_id")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_day_not_held_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_not_held")),
    )
    op.create_index("ix_day_not_held_day", "day_not_held", ["day"], unique=False)
    op.create_table(
        "trainee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family_name", sa.Text(), server_default="", nullable=False),
        sa.Column("given_names", sa.Text(), server_default="", nullable=False),
        sa.Column("former_names", sa.Text(), server_default="", nullable=False),
        sa.Column("personal_identity_code", sa.Text(), server_default="", nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("street_address", sa.Text(), server_default="", nullable=False),
        sa.Column("postal_code", sa.Text(), server_default="", nullable=False),
        sa.Column("post_office", sa.Text(), server_default="", nullable=False),
        sa.Column("non_disclosure", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("municipality", sa.Text(), server_default="", nullable=False),
        sa.Column("mother_tongue", sa.Text(), server_default="", nullable=False),
        sa.Column("service_language", sa.Text(), server_default="", nullable=False),
        sa.Column("interpreter_language", sa.Text(), server_default="", nullable=False),
        sa.Column("language_level", sa.Text(), server_default="", nullable=False),
        sa.Column("reached_how", sa.Text(), server_default="", nullable=False),
        sa.Column("devices", sa.Text(), server_default="", nullable=False),
        sa.Column("responsible_coach_id", sa.Integer(), nullable=True),
        sa.Column("referred_by", sa.Text(), server_default="", nullable=False),
        sa.Column("referred_by_whom", sa.Text(), server_default="", nullable=False),
        sa.Column("first_contact", sa.Date(), nullable=True),
        sa.Column("goal", sa.Text(), server_default="", nullable=False),
        sa.Column("support_needed", sa.Text(), server_default="", nullable=False),
        sa.Column("other_system_id", sa.Text(), server_default="", nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("name_fold", sa.Text(), server_default="", nullable=False),
        sa.Column("name_sort", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_trainee_batch_id")),
        sa.ForeignKeyConstraint(
            ["responsible_coach_id"], ["coach.id"], name=op.f("fk_trainee_responsible_coach_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainee")),
    )
    op.create_index("ix_trainee_batch_id", "trainee", ["batch_id"], unique=False)
    op.create_index("ix_trainee_birth_date", "trainee", ["birth_date"], unique=False)
    op.create_index("ix_trainee_code", "trainee", ["personal_identity_code"], unique=False)
    op.create_index("ix_trainee_name_fold", "trainee", ["name_fold"], unique=False)
    op.create_index("ix_trainee_name_sort", "trainee", ["name_sort"], unique=False)
    op.create_table(
        "absence_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("payer", sa.Text(), server_default="", nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_absence_report_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence_report")),
        sa.UniqueConstraint(
            "trainee_id", "payer", "begins", name=op.f("uq_absence_report_trainee_id_payer_begins")
        ),
    )
    op.create_table(
        "acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), server_default="", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("words_digest", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_acceptance_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
    )
    op.create_index("ix_acceptance_trainee_id", "acceptance", ["trainee_id", "recipient"], unique=False)
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), server_default="60", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("where", sa.Text(), server_default="", nullable=False),
        sa.Column("with_whom", sa.Text(), server_default="", nullable=False),
        sa.Column("bring", sa.Text(), server_default="", nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name=op.f("fk_appointment_coach_id")),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_appointment_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index("ix_appointment_at", "appointment", ["at"], unique=False)
    op.create_index("ix_appointment_trainee_id", "appointment", ["trainee_id"], unique=False)
    op.create_table(
        "benefit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("benefit", sa.Text(), server_default="", nullable=False),
        sa.Column("payer", sa.Text(), server_default="", nullable=False),
        sa.Column("payer_name", sa.Text(), server_default="", nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_benefit_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit")),
    )
    op.create_index("ix_benefit_trainee_id", "benefit", ["trainee_id"], unique=False)
    op.create_table(
        "bundle_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=True),
        sa.Column("ref", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("consent_uid", sa.Text(), server_default="", nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_bundle_item_trainee_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_item")),
    )
    op.create_index("ix_bundle_item_ref", "bundle_item", ["ref"], unique=False)
    op.create_index("ix_bundle_item_seq", "bundle_item", ["region_id", "epoch", "seq"], unique=False)
    op.create_index(
        "ix_bundle_item_trainee_id", "bundle_item", ["trainee_id", "region_id", "epoch", "seq"], unique=False
    )
    op.create_table(
        "coaching",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_coaching_batch_id")),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_coaching_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching")),
    )
    op.create_index("ix_coaching_batch_id", "coaching", ["batch_id"], unique=False)
    op.create_index("ix_coaching_trainee_id", "coaching", ["trainee_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("recipient", sa.Text(), server_default="", nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), server_default="", nullable=False),
        sa.Column("ground", sa.Text(), server_default="", nullable=False),
        sa.Column("given_how", sa.Text(), server_default="", nullable=False),
        sa.Column("witness", sa.Text(), server_default="", nullable=False),
        sa.Column("given", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("withdrawn", sa.Text(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("explained_language", sa.Text(), server_default="", nullable=False),
        sa.Column("explained_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["replaces_id"], ["consent.id"], name=op.f("fk_consent_replaces_id")),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_consent_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("uid", name=op.f("uq_consent_uid")),
    )
    op.create_index("ix_consent_recipient", "consent", ["recipient", "trainee_id"], unique=False)
    op.create_index("ix_consent_replaces_id", "consent", ["replaces_id"], unique=False)
    op.create_index("ix_consent_trainee_id", "consent", ["trainee_id"], unique=False)
    op.create_index("ix_consent_valid_to", "consent", ["valid_to"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("grade BETWEEN 4 AND 10", name=op.f("ck_feedback_grade")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_feedback_batch_id")),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_feedback_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    op.create_index("ix_feedback_batch_id", "feedback", ["batch_id"], unique=False)
    op.create_index("ix_feedback_trainee_id", "feedback", ["trainee_id"], unique=False)
    op.create_table(
        "information_given",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("given", sa.Date(), nullable=False),
        sa.Column("given_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_information_given_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_given")),
    )
    op.create_index("ix_information_given_trainee_id", "information_given", ["trainee_id"], unique=False)
    op.create_table(
        "next_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_next_step_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_step")),
    )
    op.create_index("ix_next_step_due", "next_step", ["due"], unique=False)
    op.create_index("ix_next_step_trainee_id", "next_step", ["trainee_id"], unique=False)
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("follow_up", sa.Date(), nullable=True),
        sa.Column("followed_up", sa.Date(), nullable=True),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.Column("deleted", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_note_batch_id")),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name=op.f("fk_note_coach_id")),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_note_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index("ix_note_batch_id", "note", ["batch_id"], unique=False)
    op.create_index(
        "ix_note_follow_up",
        "note",
        ["follow_up", "trainee_id"],
        unique=False,
        sqlite_where=sa.text("follow_up IS NOT NULL"),
    )
    op.create_index("ix_note_trainee_id_at", "note", ["trainee_id", "at"], unique=False)
    op.create_table(
        "opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Date(), nullable=False),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("date_known", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("phase BETWEEN 1 AND 5", name=op.f("ck_opening_phase")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_opening_batch_id")),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_opening_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
    )
    op.create_index("ix_opening_batch_id", "opening", ["batch_id"], unique=False)
    op.create_index("ix_opening_trainee_id", "opening", ["trainee_id", "phase", "opened"], unique=False)
    op.create_table(
        "own_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("disagrees", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_own_view_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_view")),
    )
    op.create_index("ix_own_view_trainee_id", "own_view", ["trainee_id"], unique=False)
    op.create_table(
        "period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("service_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("controller", sa.Text(), server_default="", nullable=False),
        sa.Column("controller_name", sa.Text(), server_default="", nullable=False),
        sa.Column("purchaser", sa.Text(), server_default="", nullable=False),
        sa.Column("purchaser_name", sa.Text(), server_default="", nullable=False),
        sa.Column("ground", sa.Text(), server_default="", nullable=False),
        sa.Column("decision_number", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("granted_days", sa.Integer(), nullable=True),
        sa.Column("granted_to", sa.Date(), nullable=True),
        sa.Column("used_before", sa.Integer(), server_default="0", nullable=False),
        sa.Column("voucher_number", sa.Text(), server_default="", nullable=False),
        sa.Column("voucher_expires", sa.Date(), nullable=True),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_period_batch_id")),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_period_trainee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_period_workshop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
    )
    op.create_index("ix_period_batch_id", "period", ["batch_id"], unique=False)
    op.create_index("ix_period_trainee_id", "period", ["trainee_id"], unique=False)
    op.create_index("ix_period_workshop_id_begins", "period", ["workshop_id", "begins"], unique=False)
    op.create_table(
        "permission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("to_whom", sa.Text(), server_default="", nullable=False),
        sa.Column("covers", sa.Text(), server_default="", nullable=False),
        sa.Column("ground", sa.Text(), server_default="", nullable=False),
        sa.Column("given", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("withdrawn", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_permission_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permission")),
    )
    op.create_index("ix_permission_trainee_id", "permission", ["trainee_id"], unique=False)
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("ours", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("maker", sa.Text(), server_default="", nullable=False),
        sa.Column("made", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("review", sa.Date(), nullable=True),
        sa.Column("permission", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("permission_given", sa.Date(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("replaces_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("our_goals", sa.Text(), server_default="", nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_plan_batch_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["plan.id"], name=op.f("fk_plan_replaces_id")),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_plan_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index("ix_plan_batch_id", "plan", ["batch_id"], unique=False)
    op.create_index("ix_plan_number", "plan", ["number"], unique=True, sqlite_where=sa.text("number <> ''"))
    op.create_index("ix_plan_trainee_id", "plan", ["trainee_id"], unique=False)
    op.create_table(
        "prohibition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), server_default="", nullable=False),
        sa.Column("covers", sa.Text(), server_default="", nullable=False),
        sa.Column("given", sa.Date(), nullable=False),
        sa.Column("lifted", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_prohibition_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prohibition")),
    )
    op.create_index("ix_prohibition_trainee_id", "prohibition", ["trainee_id"], unique=False)
    op.create_table(
        "reference",
        sa.Column("trainee_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_reference_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("trainee_id", "recipient", name=op.f("pk_reference")),
        sa.UniqueConstraint("ref", name=op.f("uq_reference_ref")),
    )
    op.create_table(
        "agreed_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["period_id"], ["period.id"], name=op.f("fk_agreed_day_period_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_day")),
    )
    op.create_index("ix_agreed_day_period_id", "agreed_day", ["period_id"], unique=False)
    op.create_table(
        "attended_day",
        sa.Column("period_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("trainee_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("certificate_seen", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("word", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["period_id"], ["period.id"], name=op.f("fk_attended_day_period_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["trainee_id"], ["trainee.id"], name=op.f("fk_attended_day_trainee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("period_id", "day", name=op.f("pk_attended_day")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_attended_day_day_kind", "attended_day", ["day", "kind"], unique=False)
    op.create_index(
        "ix_attended_day_trainee_id_day", "attended_day", ["trainee_id", "day", "kind"], unique=False
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["workshop_group.id"], name=op.f("fk_membership_group_id")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["period.id"], name=op.f("fk_membership_period_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_group_id", "membership", ["group_id"], unique=False)
    op.create_index("ix_membership_period_id", "membership", ["period_id"], unique=False)
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("participants", sa.Text(), nullable=False),
        sa.Column("support_person", sa.Text(), server_default="", nullable=False),
        sa.Column("explained_language", sa.Text(), server_default="", nullable=False),
        sa.Column("explained_by", sa.Text(), server_default="", nullable=False),
        sa.Column("signatures", sa.Text(), nullable=False),
        sa.Column("begun", sa.Text(), nullable=False),
        sa.Column("finished", sa.Text(), nullable=True),
        sa.Column("printed", sa.Text(), nullable=True),
        sa.Column("signed", sa.Date(), nullable=True),
        sa.Column("check_code", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_version_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("plan_id", "version", name=op.f("uq_plan_version_plan_id_version")),
    )
    op.create_table(
        "recorded_elsewhere",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.Text(), server_default="", nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("by_whom", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["note.id"], name=op.f("fk_recorded_elsewhere_note_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recorded_elsewhere")),
    )
    op.create_index("ix_recorded_elsewhere_note_id", "recorded_elsewhere", ["note_id"], unique=False)
    op.create_index(
        "ix_period_last", "period", [sa.text("coalesce(ended, ends, '9999-12-31')"), "begins"], unique=False
    )
    for trigger in TRIGGERS:
        op.execute(trigger)
