package search

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"yijian/session"
	"yijian/session/record"
)

// batch is what one transaction of the indexer works on. It reads for many segments at once: a question
// for each would be most of what indexing costs.
type batch struct {
	tx    *sql.Tx
	sites map[session.ID]string           // of the sessions that are still there
	have  map[session.ID]map[uint64]int64 // the ids of what is indexed of them
	rows  []row                           // to be added
}

// chunk is how many values one statement asks for.
const chunk = 100

func (b *batch) look(ctx context.Context, written []record.Written) error {
	var ids []any
	for _, w := range written {
		if id := string(w.Session); !slices.Contains(ids, any(id)) {
			ids = append(ids, id)
		}
	}
	for some := range slices.Chunk(ids, chunk) {
		rows, err := b.tx.QueryContext(ctx, "SELECT id, site FROM sessions WHERE id IN ("+marks(len(some))+")", some...) //nolint:gosec // G202: placeholders only
		if err != nil {
			return err
		}
		if err := b.scanSites(rows); err != nil {
			return err
		}
		rows, err = b.tx.QueryContext(ctx, "SELECT session_id, seq, id FROM messages WHERE session_id IN ("+marks(len(some))+")", some...) //nolint:gosec // G202: placeholders only
		if err != nil {
			return err
		}
		if err := b.scanHave(rows); err != nil {
			return err
		}
	}
	return nil
}

// marks are the placeholders of so many values: $1,$2.
func marks(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = "$" + strconv.Itoa(i+1)
	}
	return strings.Join(all, ",")
}

func (b *batch) scanSites(rows *sql.Rows) error {
	defer rows.Close()
	for rows.Next() {
		var id session.ID
		var site string
		if err := rows.Scan(&id, &site); err != nil {
			return err
		}
		b.sites[id], b.have[id] = site, map[uint64]int64{}
	}
	return rows.Err()
}

func (b *batch) scanHave(rows *sql.Rows) error {
	defer rows.Close()
	for rows.Next() {
		var id session.ID
		var seq uint64
		var n int64
		if err := rows.Scan(&id, &seq, &n); err != nil {
			return err
		}
		if b.have[id] != nil {
			b.have[id][seq] = n
		}
	}
	return rows.Err()
}

// replace takes out what a segment contradicts and adds the rows that are missing. A compacted segment
// says again what is known; one after a failover brings other events under known numbers.
func (b *batch) replace(ctx context.Context, w record.Written, want []row) error {
	from, to := w.Events[0].Seq, w.Events[len(w.Events)-1].Seq
	have := b.have[w.Session]
	said := 0
	for seq := range have {
		if seq >= from && seq <= to {
			said++
		}
	}
	if said > 0 && said == len(want) && known(have, want) {
		return nil
	}
	if said > 0 {
		_, err := b.tx.ExecContext(ctx, "DELETE FROM messages WHERE session_id = $1 AND seq BETWEEN $2 AND $3",
			string(w.Session), int64(from), int64(to))
		if err != nil {
			return err
		}
	}
	// An earlier segment of this batch may say otherwise; the later one is right.
	b.rows = slices.DeleteFunc(b.rows, func(r row) bool { return r.session == w.Session && r.seq >= from && r.seq <= to })
	b.rows = append(b.rows, want...)
	return nil
}

func known(have map[uint64]int64, want []row) bool {
	for _, r := range want {
		if n, ok := have[r.seq]; !ok || n < r.id || n >= r.id+probes {
			return false
		}
	}
	return true
}

// free moves rows whose place is taken to the next one that is not.
func (b *batch) free(ctx context.Context) error {
	mine := make(map[int64]bool, len(b.rows))
	for some := range slices.Chunk(b.rows, chunk) {
		if err := b.freeSome(ctx, some, mine); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) freeSome(ctx context.Context, rows []row, mine map[int64]bool) error {
	settled := make([]bool, len(rows))
	for range probes {
		taken, err := b.taken(ctx, rows, settled)
		if err != nil {
			return err
		}
		left := false
		for i := range rows {
			switch {
			case settled[i]:
			case mine[rows[i].id] || taken[rows[i].id]:
				rows[i].id++
				left = true
			default:
				mine[rows[i].id], settled[i] = true, true
			}
		}
		if !left {
			return nil
		}
	}
	return errCrowded
}

// taken reads which ids of rows that have no place yet are in use.
func (b *batch) taken(ctx context.Context, rows []row, settled []bool) (map[int64]bool, error) {
	var ids []any
	for i, r := range rows {
		if !settled[i] {
			ids = append(ids, r.id)
		}
	}
	found, err := b.tx.QueryContext(ctx, "SELECT id FROM messages WHERE id IN ("+marks(len(ids))+")", ids...) //nolint:gosec // G202: placeholders only
	if err != nil {
		return nil, err
	}
	defer found.Close()
	taken := map[int64]bool{}
	for found.Next() {
		var id int64
		if err := found.Scan(&id); err != nil {
			return nil, err
		}
		taken[id] = true
	}
	return taken, found.Err()
}
