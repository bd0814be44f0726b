package evaluate

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// text shows a share with its interval.
func (s Share) text() string {
	return fmt.Sprintf("%.4f [%.4f, %.4f] (%d of %d)", s.Value, s.Low, s.High, s.Hits, s.Of)
}

// WriteText writes the figures for people, each with its 95 % interval.
func (r AskReport) WriteText(w io.Writer) error {
	var b strings.Builder
	b.WriteString(r.Overall.text("overall"))
	for _, lang := range slices.Sorted(maps.Keys(r.By)) {
		b.WriteString(r.By[lang].text(lang))
	}
	if r.Folds != nil {
		b.WriteString(r.Folds.text("overall, thresholds chosen in folds, incidents aside"))
	}
	return put(w, b.String())
}

func (f AskFigures) text(name string) string {
	return fmt.Sprintf("%s\n  heard at once        %s  F1 %.4f\n  heard or offered     %s  F1 %.4f\n"+
		"  wrongly transferred  %s\n  wrongly offered      %s\n  incidents, not counted as wrong: %d\n",
		name, f.Heard.text(), f.F1, f.Offer.Heard.text(), f.Offer.F1,
		f.FalseAlarms.text(), f.WrongOffer.text(), f.Incidents)
}

// WriteText writes the figures for people.
func (r IntentReport) WriteText(w io.Writer) error {
	return put(w, fmt.Sprintf("accuracy %s, learned from %d questions; %d ask an intent never learned\n",
		r.Right.text(), r.Trained, r.Unknown))
}

// WriteText writes the figures for people.
func (r RepeatReport) WriteText(w io.Writer) error {
	text := r.Realistic.text("one of the last three")
	if r.Pairs != nil {
		text = r.Pairs.text("pairs as labelled") + text
	}
	return put(w, text+fmt.Sprintf("as the router decides    recall %s\n                         false alarms %s\n",
		r.AsRouted.Heard.text(), r.AsRouted.FalseAlarms.text()))
}

func (f RepeatFigures) text(name string) string {
	return fmt.Sprintf("%-22s AUC %.4f, recall %.4f at 1 %% false alarms, %.4f at 5 %% (%d repeat, %d do not)\n",
		name, f.AUC, f.RecallAt1, f.RecallAt5, f.Positives, f.Negatives)
}

func put(w io.Writer, text string) error {
	_, err := io.WriteString(w, text)
	return err
}
