package search

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// filter is the conditions on sessions that a query makes, in SQL that both engines read. Values are
// arguments, always.
type filter struct {
	where []string
	args  []any
}

// add puts a condition in; each ? in it is the place of one argument.
func (f *filter) add(condition string, args ...any) {
	for range args {
		f.args = append(f.args, args[0])
		args = args[1:]
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(f.args)), 1)
	}
	f.where = append(f.where, condition)
}

// of adds what a query asks of sessions beside their sites and times.
func (f *filter) of(q Query) {
	for _, is := range []struct{ column, value string }{
		{"s.owner", string(q.Owner)}, {"s.reason", q.Reason}, {"s.queue", q.Queue},
	} {
		if is.value != "" {
			f.add(is.column+" = ?", is.value)
		}
	}
	if q.Agent != "" {
		f.add("EXISTS (SELECT 1 FROM session_agents a WHERE a.session_id = s.id AND a.agent = ?)", q.Agent)
	}
	if q.Rating != 0 {
		f.add("s.rating = ?", q.Rating)
	}
}

// sites adds that sessions are of one of these sites.
func (f *filter) sites(sites []string) {
	if sites == nil {
		return
	}
	args := make([]any, len(sites))
	for i, site := range sites {
		args[i] = site
	}
	marks := strings.TrimSuffix(strings.Repeat("?,", len(sites)), ",")
	if marks == "" {
		f.add("1 = 0")
		return
	}
	f.add("s.site IN ("+marks+")", args...)
}

func (f *filter) sql() string {
	if len(f.where) == 0 {
		return "1 = 1"
	}
	return strings.Join(f.where, " AND ")
}

// findable reports whether a value can stand in the record at all. PostgreSQL refuses others as an
// argument, and they are nobody's name.
func findable(value string) bool { return utf8.ValidString(value) && !strings.ContainsRune(value, 0) }

// possible are those sites that can be.
func possible(sites []string) []string {
	if sites == nil {
		return nil
	}
	kept := make([]string, 0, len(sites))
	for _, site := range sites {
		if findable(site) {
			kept = append(kept, site)
		}
	}
	return kept
}
