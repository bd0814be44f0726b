package search

import (
	"context"
	"database/sql"
	"strings"

	"yijian/session/record/words"
)

// postgres keeps the tokens in a tsvector beside the message.
type postgres struct{}

func (postgres) insert(ctx context.Context, tx *sql.Tx, rows []row) error {
	ids, sessions := make([]int64, len(rows)), make([]string, len(rows))
	seqs, vectors := make([]int64, len(rows)), make([]string, len(rows))
	for i, r := range rows {
		ids[i], sessions[i], vectors[i] = r.id, string(r.session), words.TSVector(r.tokens)
		seqs[i] = int64(r.seq)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO messages (id, session_id, seq, words)
		SELECT i, s, q, w::tsvector FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[]) AS t (i, s, q, w)`,
		ids, sessions, seqs, vectors)
	return err
}

func (postgres) condition(q words.Query, sites []string) string {
	if len(sites) == 0 {
		return q.TSQuery()
	}
	quoted := make([]string, len(sites))
	for i, site := range sites {
		quoted[i] = "'" + strings.NewReplacer("'", "", `\`, "").Replace(siteToken(site)) + "'"
	}
	return "(" + q.TSQuery() + ") & (" + strings.Join(quoted, " | ") + ")"
}

func (postgres) window() string {
	return "SELECT id FROM messages WHERE words @@ $1::tsquery AND id < $2 AND id >= $3 ORDER BY id DESC LIMIT $4"
}

func (postgres) list(ids []int64) (table string, argument any) {
	return "unnest($1::bigint[]) AS hits (id)", ids
}

func (postgres) among() (condition string, most int) { return "m.words @@ $1::tsquery", 20_000 }

// prepare has every search planned for its own words: a common word is found by walking back through
// time, a rare one through the index, and a plan for any word does either badly.
func (postgres) prepare() string { return "SET LOCAL plan_cache_mode = force_custom_plan" }

// learn tells the planner at once which words are common; autovacuum would, in its own time.
func (postgres) learn() string { return "ANALYZE messages" }
