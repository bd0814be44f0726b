package evaluate

import (
	"fmt"
	"io"
	"strings"
)

// WriteText writes the figures for people.
func (r HandoffReport) WriteText(w io.Writer) error { return put(w, r.text()) }

func (r HandoffReport) text() string {
	var b strings.Builder
	name := r.Model
	if r.BehaviourOnly {
		name += " of behaviour only"
	}
	fmt.Fprintf(&b, "%s, %d turns, %d of them labelled\n", name, r.Turns, r.Labels)
	for _, f := range []struct {
		name string
		Interval
	}{{"F1", r.F1}, {"macro F1", r.MacroF1}, {"GT-I", r.GT1}, {"GT-II", r.GT2}, {"GT-III", r.GT3}, {"AUC", r.AUC}} {
		fmt.Fprintf(&b, "  %-9s %.4f [%.4f, %.4f]\n", f.name, f.Value, f.Low, f.High)
	}
	return b.String()
}

// WriteText writes the draft's points, how good it is, and the points of the whole scorecard.
func (r TrainReport) WriteText(w io.Writer) error {
	var b strings.Builder
	b.WriteString("draft, all other points as they were\n")
	for _, s := range r.Learned {
		fmt.Fprintf(&b, "  %-14s %v\n", s, r.Policy.Points[s])
	}
	for _, h := range []struct {
		name string
		at   int
		Hits
	}{{"offer", r.Policy.OfferAt, r.Offer}, {"transfer", r.Policy.TransferAt, r.Transfer}} {
		fmt.Fprintf(&b, "  %-8s at %3d  precision %s, recall %s\n", h.name, h.at, h.Precision.text(), h.Recall.text())
	}
	fmt.Fprintf(&b, "five-fold cross-validation of the %s", r.Model.text())
	for _, row := range r.Card {
		fmt.Fprintf(&b, "%-8s%-56s%s\n", row.Side, row.Signal, row.text())
	}
	return put(w, b.String())
}

func (r CardRow) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d", r.Points[0])
	for i, above := range r.Above {
		fmt.Fprintf(&b, " |%.3g| %d", above, r.Points[i+1])
	}
	return b.String()
}
