package search

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"yijian/session/record/words"
)

// sqlite keeps the tokens in FTS5, whose rowids are the ids of messages.
type sqlite struct{}

func (sqlite) insert(ctx context.Context, tx *sql.Tx, rows []row) error {
	if len(rows) == 0 {
		return nil
	}
	message, err := tx.PrepareContext(ctx, "INSERT INTO messages (id, session_id, seq) VALUES (?, ?, ?)")
	if err != nil {
		return err
	}
	defer message.Close() //nolint:errcheck // the transaction's commit says whether all went well
	tokens, err := tx.PrepareContext(ctx, "INSERT INTO message_words (rowid, words) VALUES (?, ?)")
	if err != nil {
		return err
	}
	defer tokens.Close() //nolint:errcheck // as above
	for _, r := range rows {
		if _, err := message.ExecContext(ctx, r.id, string(r.session), r.seq); err != nil {
			return err
		}
		if _, err := tokens.ExecContext(ctx, r.id, words.FTS5Text(r.tokens)); err != nil {
			return err
		}
	}
	return nil
}

func (sqlite) condition(q words.Query, sites []string) string {
	if len(sites) == 0 {
		return q.FTS5()
	}
	quoted := make([]string, len(sites))
	for i, site := range sites {
		quoted[i] = `"` + strings.ReplaceAll(siteToken(site), `"`, "") + `"`
	}
	return "(" + q.FTS5() + ") AND (" + strings.Join(quoted, " OR ") + ")"
}

func (sqlite) window() string {
	return "SELECT rowid AS id FROM message_words WHERE message_words MATCH $1 AND rowid < $2 AND rowid >= $3 ORDER BY rowid DESC LIMIT $4"
}

func (sqlite) list(ids []int64) (table string, argument any) {
	list, _ := json.Marshal(ids) // numbers always can be
	return "(SELECT value AS id FROM json_each($1)) AS hits", string(list)
}

// among is for nobody: each message asked would be a search of its own.
func (sqlite) among() (condition string, most int) { return "", 0 }

func (sqlite) prepare() string { return "" }

func (sqlite) learn() string { return "" }
