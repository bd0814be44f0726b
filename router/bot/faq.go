package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"yijian/router/bot/intent"
	"yijian/router/bot/kb"
)

// Thresholds below which the bot admits that it does not know. On the demo knowledge they answer
// more than nine in ten new wordings of known questions and turn away nine in ten of all others.
const (
	DefaultMinConfidence = 0.4
	DefaultMinSimilarity = 0.2
	// minSuggested is the least chance at which an entry is worth a visitor's look.
	minSuggested = 0.05
)

// Options tune a FAQ. The zero value is good.
type Options struct {
	// MinConfidence and MinSimilarity are in 0..1; 0 means the default.
	MinConfidence, MinSimilarity float64
	// Seed fixes the training; the same seed and knowledge give the same answers.
	Seed uint64
}

// FAQ answers from a knowledge base, in the language it is asked in, and admits when it does not
// know. It is trained when it is made and never changes, so it is safe for concurrent use.
type FAQ struct {
	entries map[string]kb.Entry
	models  map[string]*intent.Model // by language; at least one
	opts    Options
}

var _ Bot = (*FAQ)(nil)

// NewFAQ trains a bot on a knowledge base, one classifier a language, side by side.
func NewFAQ(k *kb.KB, opts Options) (*FAQ, error) {
	if k == nil {
		return nil, errors.New("the bot has no knowledge; load a knowledge file or use the demo")
	}
	if err := k.Validate(); err != nil {
		return nil, fmt.Errorf("checking the bot's knowledge: %w", err)
	}
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	f := &FAQ{entries: map[string]kb.Entry{}, opts: opts}
	for _, e := range k.Entries {
		f.entries[e.ID] = e
	}
	f.models, err = train(k, opts.Seed)
	return f, err
}

func (o Options) withDefaults() (Options, error) {
	if o.MinConfidence == 0 {
		o.MinConfidence = DefaultMinConfidence
	}
	if o.MinSimilarity == 0 {
		o.MinSimilarity = DefaultMinSimilarity
	}
	for _, v := range []float64{o.MinConfidence, o.MinSimilarity} {
		if !(v > 0 && v <= 1) {
			return o, fmt.Errorf("the bot's threshold %v is not between 0 and 1; set it to 0 for the default", v)
		}
	}
	return o, nil
}

func train(k *kb.KB, seed uint64) (map[string]*intent.Model, error) {
	languages := []string{kb.Chinese, kb.English}
	models := make([]*intent.Model, len(languages))
	errs := make([]error, len(languages))
	var wg sync.WaitGroup
	for i, lang := range languages {
		examples := Examples(k, lang)
		if len(examples) == 0 {
			continue
		}
		wg.Go(func() { models[i], errs[i] = intent.Train(examples, intent.Options{Seed: seed}) })
	}
	wg.Wait()
	byLang := map[string]*intent.Model{}
	for i, m := range models {
		if m != nil {
			byLang[languages[i]] = m
		}
	}
	return byLang, errors.Join(errs...)
}

// Examples returns what the classifier of one language learns from: the questions, each answer as a
// hint, and everyday sentences that no shop answers, as hints of the empty intent. It is empty for
// a language in which the knowledge has nothing.
func Examples(k *kb.KB, lang string) []intent.Example {
	var out []intent.Example
	for _, e := range k.Entries {
		t := e.In(lang)
		if t == nil {
			continue
		}
		for _, q := range t.Questions {
			out = append(out, intent.Example{Text: q, Intent: e.ID})
		}
		out = append(out, intent.Example{Text: t.Answer, Intent: e.ID, Hint: true})
	}
	if len(out) == 0 {
		return nil
	}
	for _, text := range background[lang] {
		out = append(out, intent.Example{Text: text, Hint: true})
	}
	return out
}

// Predict says what the bot makes of a text without answering it. The tag is the visitor's language.
func (f *FAQ) Predict(tag, text string) intent.Prediction {
	return f.predict(language(text, tag), text)
}

func (f *FAQ) predict(lang, text string) intent.Prediction {
	if m, ok := f.models[lang]; ok {
		return m.Predict(text)
	}
	for _, m := range f.models { // the only one
		return m.Predict(text)
	}
	return intent.Prediction{}
}

// Sure reports whether a prediction is good enough to be answered.
func (f *FAQ) Sure(p intent.Prediction) bool {
	return f.familiar(p) && p.Confidence >= f.opts.MinConfidence
}

// familiar reports whether a text is about a known entry at all.
func (f *FAQ) familiar(p intent.Prediction) bool {
	return p.Intent != "" && p.Similarity >= f.opts.MinSimilarity
}

// Reply answers a turn. An unsure reply names the entry that came nearest, if one came near, so that
// a visitor who tries again in other words is noticed, and suggests what the text may be about.
func (f *FAQ) Reply(ctx context.Context, t Turn) (Reply, error) {
	if err := ctx.Err(); err != nil {
		return Reply{}, fmt.Errorf("answering from the knowledge: %w", err)
	}
	lang := language(t.Text, t.Lang)
	p := f.predict(lang, t.Text)
	switch {
	case f.Sure(p):
		return Reply{Text: f.entries[p.Intent].Answer(lang), Intent: p.Intent, Confidence: p.Confidence}, nil
	case f.familiar(p):
		return Reply{
			Text: unsure[lang], Intent: p.Intent, Confidence: p.Confidence, Unsure: true,
			Suggest: f.nearest(lang, t.Text),
		}, nil
	}
	return Reply{Text: unsure[lang], Unsure: true}, nil
}

// nearest is the first wording of each entry that a text may be about; a press on one asks it word for
// word, which is always understood.
func (f *FAQ) nearest(lang, text string) []string {
	m, ok := f.models[lang]
	if !ok {
		return nil
	}
	var out []string
	for _, id := range m.Nearest(text, MaxSuggest, minSuggested) {
		if in := f.entries[id].In(lang); in != nil && len(in.Questions) > 0 {
			out = append(out, in.Questions[0])
		}
	}
	return out
}
