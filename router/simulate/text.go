package simulate

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// WriteText prints the report for people.
func (r Report) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\n  %d visitors came, %d reached a person", r.Arrived, r.Served)
	if r.Left > 0 {
		fmt.Fprintf(&b, ", %d went away", r.Left)
	}
	fmt.Fprintf(&b, ".\n  Seats were in use %s of their time  %s\n\n", percent(r.Utilisation), bar(r.Utilisation))
	r.writeWaits(&b)
	if len(r.Hours) > 1 {
		r.writeHours(&b)
	}
	if r.ETA != nil {
		r.ETA.write(&b)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

func (r Report) writeWaits(b *strings.Builder) {
	rows := [][]any{{"WAIT", "visitors", "mean", "p50", "p95", "p99", "longest", "≤ 30 s", "≤ 60 s", "≤ 3 min", "out of patience"}}
	add := func(name string, g Group) {
		rows = append(rows, []any{
			name, g.Measured, g.Mean, g.P50, g.P95, g.P99, g.Longest,
			percent(g.Within30), percent(g.Within60), percent(g.Within180), percent(g.Abandoned),
		})
	}
	add("everybody", r.All)
	if len(r.Streams) > 1 {
		for _, g := range r.Streams {
			add(strings.Join(strings.Fields(g.Queue+" "+g.Lang+" "+g.Reason), ", "), g)
		}
	}
	table(b, rows)
	fmt.Fprintf(b, "  The mean is known to ± %v (one standard error).\n", r.MeanError)
}

func (r Report) writeHours(b *strings.Builder) {
	rows := [][]any{{"HOUR", "visitors", "mean wait", "in time", ""}}
	for _, h := range r.Hours {
		rows = append(rows, []any{clock(time.Duration(h.Hour) * time.Hour), h.Arrived, h.Mean, percent(h.InTime), bar(h.InTime)})
	}
	b.WriteByte('\n')
	table(b, rows)
}

func (c *Calibration) write(b *strings.Builder) {
	rows := [][]any{{"FORECAST", "shown", "waits inside", "width", ""}}
	for _, d := range c.Deciles {
		rows = append(rows, []any{fmt.Sprintf("place %d–%d", d.From, d.To), d.Shown, percent(d.Inside), ratio(d.WidthRatio), bar(d.Inside)})
	}
	rows = append(rows, []any{"all", c.Shown, percent(c.Inside), ratio(c.WidthRatio), bar(c.Inside)})
	b.WriteByte('\n')
	table(b, rows)
	b.WriteString("  Half of the waits should lie inside what was shown on arrival. The width is that of the median\n" +
		"  range against the true middle half; – is where too few waited to know.\n")
}

// ratio prints how wide a range is; 0 is not known.
func ratio(r float64) string {
	if r == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f ×", r)
}

func table(b *strings.Builder, rows [][]any) {
	tab := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprint(tab, " ")
		for i, cell := range row {
			if i > 0 {
				fmt.Fprint(tab, "\t")
			}
			fmt.Fprintf(tab, " %v", cell)
		}
		fmt.Fprintln(tab)
	}
	_ = tab.Flush() // into memory, which does not fail
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", share*100) }

// bar draws a share of 1 in twenty steps.
func bar(share float64) string {
	const width = 20
	n := int(share*width + 0.5)
	n = min(max(n, 0), width)
	return strings.Repeat("█", n) + strings.Repeat("░", width-n)
}
