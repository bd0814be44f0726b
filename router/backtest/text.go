package backtest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"yijian/router/escalate"
)

// WriteText writes the report for a terminal.
func (r Report) WriteText(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "policy\t%d\n", r.Policy)
	fmt.Fprintf(&b, "conversations\t%d\t(%d messages of visitors to the bot)\n", r.Conversations, r.Turns)
	for a := escalate.Transfer; a >= escalate.Nothing; a-- {
		name := a.String()
		fmt.Fprintf(&b, "%s\t%d\t%s\t%d decisions\n", name, r.Most[name], percent(r.Most[name], r.Conversations), r.Decisions[name])
		for _, reason := range byCount(r.Reasons[name]) {
			fmt.Fprintf(&b, "  %s\t%d\t%s\n", reason, r.Reasons[name][reason], percent(r.Reasons[name][reason], r.Conversations))
		}
	}
	if turns := slices.Sorted(maps.Keys(r.TransferTurns)); len(turns) > 0 {
		fmt.Fprint(&b, "transferred at message")
		for _, n := range turns {
			fmt.Fprintf(&b, "\t%d: %d", n, r.TransferTurns[n])
		}
		fmt.Fprintln(&b)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, err := t.Write(b.Bytes())
	if err := errors.Join(err, t.Flush()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// byCount is the names in the order of their counts, the most first.
func byCount(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}

func percent(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(of))
}
