-- The project file, version 1. Given: written once. Decisions: journalled. Derived: remade at will.

-- Bookkeeping -----------------------------------------------------------------------------------
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE coder (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    machine INTEGER NOT NULL DEFAULT 0,
    UNIQUE (name, machine)
);

CREATE TABLE action (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made TEXT NOT NULL,
    coder_id INTEGER NOT NULL REFERENCES coder (id),
    summary TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('decision', 'import', 'machine', 'export', 'undo')),
    undoes INTEGER REFERENCES action (id)
);

CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL REFERENCES action (id),
    tbl TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT
);
CREATE INDEX change_action ON change (action_id);
CREATE INDEX change_row ON change (tbl, row_id);

-- Given -----------------------------------------------------------------------------------------
CREATE TABLE cases (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL DEFAULT ''
);

CREATE TABLE attribute (
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (case_id, name)
) WITHOUT ROWID;

CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    encoding TEXT NOT NULL DEFAULT '',
    event INTEGER REFERENCES cases (id),
    imported TEXT NOT NULL,
    UNIQUE (name, kind)
);

CREATE TABLE segment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    locator TEXT NOT NULL,
    position INTEGER NOT NULL,
    heading TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL,
    voice INTEGER NOT NULL DEFAULT 1,
    case_id INTEGER REFERENCES cases (id),
    parent_id INTEGER REFERENCES segment (id),
    about INTEGER REFERENCES code (id),
    valence TEXT NOT NULL DEFAULT '',
    occurred TEXT NOT NULL DEFAULT '',
    declared_language TEXT NOT NULL DEFAULT '',
    superseded TEXT NOT NULL DEFAULT '', -- when a changed file no longer held it; its codings stay
    text TEXT NOT NULL,
    UNIQUE (source_id, key)
);
CREATE INDEX segment_case ON segment (case_id);
CREATE INDEX segment_about ON segment (about);
CREATE INDEX segment_parent ON segment (parent_id);

CREATE TABLE opinion (
    code_id INTEGER NOT NULL REFERENCES code (id),
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    value REAL NOT NULL CHECK (value BETWEEN -1 AND 1),
    occurred TEXT NOT NULL DEFAULT '',
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    PRIMARY KEY (code_id, case_id)
) WITHOUT ROWID;

CREATE TABLE vote (
    segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    value INTEGER NOT NULL CHECK (value IN (-1, 0, 1)),
    PRIMARY KEY (segment_id, case_id)
) WITHOUT ROWID;

CREATE TABLE poll (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    question TEXT NOT NULL,
    multiple INTEGER NOT NULL,
    options TEXT NOT NULL, -- a JSON list, in the order offered
    UNIQUE (source_id, key)
);

CREATE TABLE poll_answer (
    poll_id INTEGER NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    case_id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    option TEXT NOT NULL,
    PRIMARY KEY (poll_id, case_id, option)
) WITHOUT ROWID;

-- Decisions (journalled: every one has an id) ------------------------------------------------------
CREATE TABLE code (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guid TEXT NOT NULL UNIQUE,
    parent_id INTEGER REFERENCES code (id) ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('direction', 'proposal', 'issue', 'theme')),
    description TEXT NOT NULL DEFAULT '',
    use_when TEXT NOT NULL DEFAULT '',
    not_when TEXT NOT NULL DEFAULT '',
    examples TEXT NOT NULL DEFAULT '',
    color TEXT NOT NULL DEFAULT '',
    key TEXT NOT NULL DEFAULT '',
    number TEXT NOT NULL DEFAULT '',
    external_key TEXT NOT NULL DEFAULT '',
    submitted_by TEXT NOT NULL DEFAULT '',
    by_host INTEGER NOT NULL DEFAULT 0,
    segment_id INTEGER REFERENCES segment (id)
);
CREATE INDEX code_parent ON code (parent_id);
CREATE INDEX code_segment ON code (segment_id);
CREATE UNIQUE INDEX code_name ON code (coalesce(parent_id, 0), name);

CREATE TABLE coding (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    code_id INTEGER NOT NULL REFERENCES code (id) ON DELETE CASCADE,
    coder_id INTEGER NOT NULL REFERENCES coder (id),
    stance TEXT CHECK (stance IN ('support', 'oppose', 'mixed', 'neutral')),
    concern INTEGER NOT NULL DEFAULT 0,
    via_cluster INTEGER, -- a cluster of a run, which may be gone by now: no foreign key
    start INTEGER,
    "end" INTEGER,
    side TEXT NOT NULL DEFAULT '' CHECK (side IN ('', 'original', 'english')),
    created TEXT NOT NULL
);
CREATE UNIQUE INDEX coding_once
    ON coding (segment_id, code_id, coder_id, side, coalesce(start, -1), coalesce("end", -1));
CREATE INDEX coding_code ON coding (code_id);
CREATE INDEX coding_coder ON coding (coder_id);

CREATE TABLE rejection (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    code_id INTEGER NOT NULL REFERENCES code (id) ON DELETE CASCADE,
    coder_id INTEGER NOT NULL REFERENCES coder (id),
    created TEXT NOT NULL,
    UNIQUE (segment_id, code_id, coder_id)
);
CREATE INDEX rejection_code ON rejection (code_id);

CREATE TABLE memo (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    segment_id INTEGER REFERENCES segment (id) ON DELETE CASCADE,
    code_id INTEGER REFERENCES code (id) ON DELETE CASCADE,
    coder_id INTEGER NOT NULL REFERENCES coder (id),
    text TEXT NOT NULL,
    created TEXT NOT NULL
);
CREATE INDEX memo_segment ON memo (segment_id);
CREATE INDEX memo_code ON memo (code_id);

CREATE TABLE contested (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code_id INTEGER NOT NULL UNIQUE REFERENCES code (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state IN ('contested', 'not contested', 'to watch')),
    reason TEXT NOT NULL,
    coder_id INTEGER NOT NULL REFERENCES coder (id),
    created TEXT NOT NULL
);

-- What an analyst wrote about an issue (any code can be one), and for whom it speaks.
CREATE TABLE issue_text (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code_id INTEGER NOT NULL UNIQUE REFERENCES code (id) ON DELETE CASCADE,
    statement TEXT NOT NULL DEFAULT '', -- what one can be for or against
    side_for TEXT NOT NULL DEFAULT '', -- how those for it would put it
    side_against TEXT NOT NULL DEFAULT '',
    views TEXT NOT NULL DEFAULT '', -- who holds which view
    ways TEXT NOT NULL DEFAULT '', -- possible ways forward
    coder_id INTEGER NOT NULL REFERENCES coder (id),
    created TEXT NOT NULL
);

-- A stance that the machine suggested and a person found wrong.
CREATE TABLE stance_rejection (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    code_id INTEGER NOT NULL REFERENCES code (id) ON DELETE CASCADE,
    stance TEXT NOT NULL CHECK (stance IN ('support', 'oppose', 'mixed', 'neutral')),
    coder_id INTEGER NOT NULL REFERENCES coder (id),
    created TEXT NOT NULL,
    UNIQUE (segment_id, code_id, stance, coder_id)
);
CREATE INDEX stance_rejection_code ON stance_rejection (code_id);

CREATE TABLE translation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    segment_id INTEGER NOT NULL UNIQUE REFERENCES segment (id) ON DELETE CASCADE,
    english TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('edited', 'approved')),
    coder_id INTEGER NOT NULL REFERENCES coder (id), -- whose English it is, or who took over the machine's
    created TEXT NOT NULL,
    approver_id INTEGER REFERENCES coder (id),
    approved TEXT NOT NULL DEFAULT ''
);

-- Human translations by their words, for segments and sentences that read the same.
CREATE TABLE memory (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    words TEXT NOT NULL UNIQUE, -- the original, folded
    original TEXT NOT NULL,
    english TEXT NOT NULL,
    language TEXT NOT NULL DEFAULT '',
    coder_id INTEGER NOT NULL REFERENCES coder (id),
    created TEXT NOT NULL
);

-- The project's own terms; those that ship with the program are not in here.
CREATE TABLE glossary (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    language TEXT NOT NULL,
    words TEXT NOT NULL, -- the term, folded
    term TEXT NOT NULL,
    english TEXT NOT NULL, -- forms joined by |, the one to use first; '' takes away a term that ships
    name INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    coder_id INTEGER NOT NULL REFERENCES coder (id),
    created TEXT NOT NULL,
    UNIQUE (language, words)
);

-- Where a person put a segment, whatever a run says: in the cluster of this lineage, or (NULL) in none.
CREATE TABLE pin (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    segment_id INTEGER NOT NULL UNIQUE REFERENCES segment (id) ON DELETE CASCADE,
    lineage INTEGER, -- of a cluster, which may be gone by now: no foreign key
    coder_id INTEGER NOT NULL REFERENCES coder (id),
    created TEXT NOT NULL
);
CREATE INDEX pin_lineage ON pin (lineage);

-- What a person decided about a cluster: what it is called, that it is of no interest, that it is part of another.
CREATE TABLE regrouping (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lineage INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL DEFAULT '',
    dismissed INTEGER NOT NULL DEFAULT 0,
    into_lineage INTEGER, -- never one that was itself merged into another
    coder_id INTEGER NOT NULL REFERENCES coder (id),
    created TEXT NOT NULL
);

-- Derived (a row carries the version that made it) -------------------------------------------------
CREATE TABLE language (
    segment_id INTEGER PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    confidence REAL NOT NULL,
    version TEXT NOT NULL
);

CREATE TABLE machine_translation (
    segment_id INTEGER PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE,
    english TEXT NOT NULL,
    score REAL NOT NULL,
    flags TEXT NOT NULL DEFAULT '',
    version TEXT NOT NULL,
    own TEXT NOT NULL DEFAULT '' -- the model's own English, where sentences of it gave way to remembered ones
);

CREATE TABLE vector (
    segment_id INTEGER PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE,
    version TEXT NOT NULL,
    words TEXT NOT NULL, -- hash of the text that was embedded: another text makes the vector missing
    vector BLOB NOT NULL -- float16
);

CREATE TABLE duplicate (
    segment_id INTEGER PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE,
    of_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('exact', 'near')),
    score REAL NOT NULL
);
CREATE INDEX duplicate_of ON duplicate (of_id);

CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made TEXT NOT NULL,
    version TEXT NOT NULL,
    parameters TEXT NOT NULL, -- JSON
    changes TEXT NOT NULL DEFAULT '[]' -- JSON: what became of the clusters of the run before
);

CREATE TABLE cluster (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    words TEXT NOT NULL, -- a JSON list
    quotations TEXT NOT NULL, -- a JSON list of segment ids
    size INTEGER NOT NULL, -- as the run made it; what people did to it since is not in it
    stability REAL,
    lineage INTEGER NOT NULL, -- the first of the clusters that it continues: the same from run to run
    centre BLOB, -- float16
    reach REAL NOT NULL DEFAULT 1 -- the cosine to the centre from which a new segment joins
);
CREATE INDEX cluster_run ON cluster (run_id);
CREATE INDEX cluster_lineage ON cluster (lineage);

CREATE TABLE membership (
    cluster_id INTEGER NOT NULL REFERENCES cluster (id) ON DELETE CASCADE,
    segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    strength REAL NOT NULL,
    PRIMARY KEY (cluster_id, segment_id)
) WITHOUT ROWID;
CREATE INDEX membership_segment ON membership (segment_id);

CREATE TABLE left_over ( -- looked at since the last run, and in no cluster
    segment_id INTEGER PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE
);

CREATE TABLE place ( -- on the map
    segment_id INTEGER PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE,
    x REAL NOT NULL,
    y REAL NOT NULL,
    version TEXT NOT NULL
);

CREATE TABLE suggestion (
    segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    code_id INTEGER NOT NULL REFERENCES code (id) ON DELETE CASCADE,
    confidence REAL NOT NULL,
    coder_id INTEGER NOT NULL REFERENCES coder (id), -- the machine
    PRIMARY KEY (segment_id, code_id)
) WITHOUT ROWID;
CREATE INDEX suggestion_code ON suggestion (code_id);

CREATE TABLE basis ( -- what suggestions rest on besides decisions, so that each decision can teach at once; one row
    id INTEGER PRIMARY KEY,
    data BLOB NOT NULL -- NumPy's .npz
);

CREATE TABLE machine_stance (
    segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    code_id INTEGER NOT NULL REFERENCES code (id) ON DELETE CASCADE,
    stance TEXT NOT NULL CHECK (stance IN ('support', 'oppose', 'mixed', 'neutral')),
    probability REAL NOT NULL,
    value REAL NOT NULL, -- how far it is for (1) rather than against (-1)
    words TEXT NOT NULL, -- hash of target and text: other words make the row void
    version TEXT NOT NULL,
    PRIMARY KEY (segment_id, code_id)
) WITHOUT ROWID;
CREATE INDEX machine_stance_code ON machine_stance (code_id);

CREATE TABLE cue ( -- what the words of a segment voice
    segment_id INTEGER PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE,
    concern INTEGER NOT NULL,
    suggestion INTEGER NOT NULL,
    words TEXT NOT NULL, -- hash of the text: another text makes the row void
    version TEXT NOT NULL
);

CREATE TABLE opinion_group ( -- who votes alike, as found from the votes
    case_id INTEGER PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    x REAL NOT NULL,
    y REAL NOT NULL
);

CREATE VIRTUAL TABLE words USING fts5 (original, english, tokenize = "unicode61 remove_diacritics 2");

-- The English text of a segment, and who it is from: a person before a machine.
CREATE VIEW english AS
SELECT s.id AS segment_id,
       coalesce(t.english, m.english, '') AS english,
       CASE WHEN t.id IS NOT NULL THEN c.name WHEN m.segment_id IS NOT NULL THEN m.version ELSE '' END AS translation_by,
       CASE WHEN t.id IS NOT NULL THEN t.state WHEN m.segment_id IS NOT NULL THEN 'machine' ELSE '' END AS state,
       CASE WHEN t.id IS NULL THEN coalesce(m.flags, '') ELSE '' END AS flags
FROM segment s
LEFT JOIN translation t ON t.segment_id = s.id
LEFT JOIN coder c ON c.id = t.coder_id
LEFT JOIN machine_translation m ON m.segment_id = s.id;
