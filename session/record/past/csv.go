package past

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// needed are the columns without which there is no conversation; others may be there.
var (
	needed   = []string{"conversation", "at", "from", "text"}
	optional = []string{"id", "agent", "intent", "confidence", "unsure", "rating", "queue", "reason", "lang", "site"}
)

// aliases are the names of columns in Chinese exports.
var aliases = map[string]string{
	"会话": "conversation", "会话id": "conversation", "对话": "conversation", "时间": "at", "发送时间": "at",
	"角色": "from", "发送者": "from", "发送方": "from", "内容": "text", "消息": "text", "消息内容": "text",
	"客服": "agent", "意图": "intent", "评分": "rating", "队列": "queue", "原因": "reason", "语言": "lang", "站点": "site",
}

// table reads a CSV file.
type table struct {
	Options
	columns  map[string]int
	problems Problems
	order    []*Conversation
	byID     map[string]*Conversation
	rows     map[string]int // the line of a row, by all it says
}

func readCSV(text []byte, o Options) ([]Conversation, error) {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = delimiter(text), -1, true
	t := &table{Options: o, byID: map[string]*Conversation{}, rows: map[string]int{}}
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, Problems{{0, "the file is empty; its first line names the columns: " + strings.Join(needed, ",")}}
	}
	if err != nil || !t.header(header) {
		t.broken(err)
		return nil, t.problems.orNil()
	}
	width := len(header)
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.broken(err)
			break // where the next row begins, nobody knows
		}
		line, _ := r.FieldPos(0)
		if len(row) != width {
			t.problems.add(line, "there are %d fields, but %d columns; put quotes around texts with a separator or a line break", len(row), width)
			continue
		}
		t.row(line, row)
	}
	return t.finish()
}

// broken adds the error of a reader to the problems.
func (t *table) broken(err error) {
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		t.problems.add(parse.Line, "the quotes do not match (%s); put quotes around the field, and write a quote within as two", parse.Err)
	}
}

// delimiter is what stands in the first line: Excel writes semicolons where a comma is a decimal point.
func delimiter(text []byte) rune {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	switch {
	case bytes.ContainsRune(first, ','):
		return ','
	case bytes.ContainsRune(first, '\t'):
		return '\t'
	case bytes.ContainsRune(first, ';'):
		return ';'
	}
	return ','
}

func (t *table) header(names []string) bool {
	t.columns = map[string]int{}
	for i, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		if to, ok := t.Columns[name]; ok {
			name = to
		} else if to, ok := aliases[name]; ok {
			name = to
		}
		if _, twice := t.columns[name]; twice {
			t.problems.add(1, "two columns are %q; keep one", name)
		}
		t.columns[name] = i
	}
	var missing []string
	for _, name := range needed {
		if _, ok := t.columns[name]; !ok {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		t.problems.add(1, "there is no column %s; the columns are %s; rename them, or give --column theirs=ours",
			strings.Join(missing, ", "), cut(strings.Join(slices.Sorted(maps.Keys(t.columns)), ", ")))
	}
	for name := range t.columns {
		if !slices.Contains(needed, name) && !slices.Contains(optional, name) {
			t.problems.add(1, "column %q is not known; remove it; those that may be added are %s", cut(name), strings.Join(optional, ", "))
		}
	}
	return len(t.problems) == 0
}

func (t *table) row(line int, fields []string) {
	get := func(name string) string {
		if i, ok := t.columns[name]; ok {
			return strings.TrimSpace(fields[i])
		}
		return ""
	}
	key := strings.Join(fields, "\x00")
	if was := t.rows[key]; was > 0 {
		t.problems.add(line, "this repeats line %d; remove one, or add a column id if it was said twice", was)
		return
	}
	t.rows[key] = line
	source := get("conversation")
	if source == "" {
		t.problems.add(line, "conversation is empty; write which conversation this message belongs to")
		return
	}
	c := t.conversation(source, get("site"), line)
	c.Lang, c.Queue, c.Reason = or(c.Lang, get("lang")), or(c.Queue, get("queue")), or(c.Reason, get("reason"))
	if text := get("rating"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			n = -1
		}
		c.Rating = n
	}
	turn := t.turn(line, get)
	check(&t.problems, line, turn)
	c.Turns = append(c.Turns, turn)
}

// turn reads one message out of its fields.
func (t *table) turn(line int, get func(string) string) Turn {
	turn := Turn{Agent: get("agent"), Text: get("text"), Intent: get("intent"), Unsure: yes(get("unsure"))}
	var err error
	if turn.At, err = t.time(get("at")); err != nil {
		t.problems.add(line, "%s", err)
	}
	var known bool
	if turn.From, known = roleOf(get("from")); !known {
		t.problems.add(line, "from is %q; write visitor, bot or agent", cut(get("from")))
	}
	if text := get("confidence"); text != "" {
		if turn.Confidence, err = strconv.ParseFloat(text, 64); err != nil {
			t.problems.add(line, "confidence is %q; write a number from 0 to 1, or nothing", cut(text))
		}
	}
	return turn
}

func (t *table) conversation(source, site string, line int) *Conversation {
	site = or(site, t.Site)
	key := site + "\x00" + source
	c, ok := t.byID[key]
	if !ok {
		c = &Conversation{Source: source, Site: site, Line: line}
		t.byID[key], t.order = c, append(t.order, c)
	}
	return c
}

func (t *table) finish() ([]Conversation, error) {
	if len(t.order) == 0 && len(t.problems) == 0 {
		t.problems.add(0, "there is no message below the first line")
	}
	all := make([]Conversation, len(t.order))
	for i, c := range t.order {
		checkWhole(&t.problems, c)
		all[i] = *c
	}
	return all, t.problems.orNil()
}

func or(first, second string) string {
	if first != "" {
		return first
	}
	return second
}

func yes(text string) bool {
	switch strings.ToLower(text) {
	case "1", "true", "yes", "y", "是":
		return true
	}
	return false
}
