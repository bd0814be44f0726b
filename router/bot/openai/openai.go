// Package openai lets a language model answer, over the chat completions that nearly every server of
// models speaks: OpenAI's own, those of clouds, vLLM, Ollama, llama.cpp.
//
// A model says anything fluently, so it is kept to what the site knows: it is given the entries of the
// knowledge that come nearest to the question and is told to admit what is not in them. Which entry a
// question is about is told by the classifier of the knowledge and not by the model, so that the router
// counts repetitions as it does for the default bot. Every answer begins with a mark of what it is
// (see verdict), which is read before a word of it is shown.
//
//	question ─▶ knowledge near it ─▶ prompt ─▶ model ═▶ mark ─▶ text, told as it grows ─▶ reply
//	              ╰◀ answers in its own words ◀─ down, broke off, empty
package openai

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	api "github.com/sashabaranov/go-openai"

	"yijian/router/bot"
)

// nearest is how many entries of the knowledge a model is given.
const nearest = 4

// mostText bounds an answer, in bytes: more than twice what anybody reads in a chat.
const mostText = 6 << 10

// Errors of an answer that is none.
var (
	ErrBrokeOff = errors.New("the model broke off in the middle of its answer")
	ErrEmpty    = errors.New("the model said nothing")
	ErrTooLong  = errors.New("the model did not come to an end")
)

// Options are where the model is. All but Key and Client are needed.
type Options struct {
	// URL is the base of the API, such as http://127.0.0.1:11434/v1.
	URL string
	// Model is its name there.
	Model string
	// Key is sent as a bearer token; empty where none is asked for.
	Key string
	// Knowledge is what the model may say.
	Knowledge *bot.FAQ
	// Client sends the requests; nil is one that follows no redirect, so that neither the key nor
	// what a visitor said goes where nobody named.
	Client *http.Client
}

// Bot asks a model. It is safe for concurrent use.
type Bot struct {
	client *api.Client
	model  string
	known  *bot.FAQ
}

var _ bot.Streamer = (*Bot)(nil)

// New returns a bot; nothing is asked yet.
func New(o Options) *Bot {
	config := api.DefaultConfig(o.Key)
	config.BaseURL = o.URL
	config.HTTPClient = o.Client
	if o.Client == nil {
		config.HTTPClient = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		}}
	}
	return &Bot{client: api.NewClientWithConfig(config), model: o.Model, known: o.Knowledge}
}

// Check asks the server whether it has the model. Nothing is spent.
func (b *Bot) Check(ctx context.Context) error {
	list, err := b.client.ListModels(ctx)
	if err != nil {
		return fmt.Errorf("asking for the models: %w; check bot_url and bot_key", err)
	}
	names := make([]string, len(list.Models))
	for i, m := range list.Models {
		if names[i] = m.ID; m.ID == b.model {
			return nil
		}
	}
	const some = 10
	return fmt.Errorf("there is no model %q; set bot_model to one of: %s", b.model, strings.Join(names[:min(some, len(names))], ", "))
}

// Reply answers a turn.
func (b *Bot) Reply(ctx context.Context, t bot.Turn) (bot.Reply, error) {
	return b.Stream(ctx, t, func(string) {})
}

// Stream answers a turn and tells the text while it grows. It lasts as long as ctx. A model that fails
// costs the visitor its wording and no more: the knowledge answers as it does without one.
func (b *Bot) Stream(ctx context.Context, t bot.Turn, tell func(soFar string)) (bot.Reply, error) {
	reply, failure := b.ask(ctx, t, tell)
	if failure == nil || ctx.Err() != nil {
		return reply, failure
	}
	reply, err := b.known.Reply(ctx, t)
	reply.Failure = failure
	return reply, err
}

func (b *Bot) ask(ctx context.Context, t bot.Turn, tell func(soFar string)) (bot.Reply, error) {
	stream, err := b.client.CreateChatCompletionStream(ctx, api.ChatCompletionRequest{
		Model: b.model, Messages: prompt(t, b.known.Near(t.Lang, t.Text, nearest)),
	})
	if err != nil {
		return bot.Reply{}, fmt.Errorf("asking the model %s: %w", b.model, discreet(err))
	}
	defer func() { _ = stream.Close() }()
	raw, err := receive(stream, tell)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("reading the answer of the model %s: %w", b.model, discreet(err))
	}
	return b.reply(t, read(raw))
}

// discreet leaves of a refusal what kind it is: its words may be those of the visitor, and errors are logged.
func discreet(err error) error {
	if refused, ok := errors.AsType[*api.APIError](err); ok {
		return fmt.Errorf("its server refused with status %d, %s", refused.HTTPStatusCode, refused.Type)
	}
	if failed, ok := errors.AsType[*api.RequestError](err); ok {
		return fmt.Errorf("its server answered with status %d", failed.HTTPStatusCode)
	}
	return err
}

// receive reads an answer to its end. A stream that ends without a reason was cut.
func receive(stream *api.ChatCompletionStream, tell func(string)) (string, error) {
	raw, told, ended := "", "", false
	for len(raw) <= mostText {
		part, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			if !ended {
				return "", ErrBrokeOff
			}
			return raw, nil
		}
		if err != nil {
			return "", err
		}
		for _, choice := range part.Choices {
			raw += choice.Delta.Content
			ended = ended || choice.FinishReason != ""
		}
		if now := read(raw).text; now != told {
			told = now
			tell(now)
		}
	}
	return "", ErrTooLong
}

func (b *Bot) reply(t bot.Turn, said reading) (bot.Reply, error) {
	out := bot.Reply{Text: said.text, Unsure: said.is == unsure, Handoff: said.is == person}
	out.Intent, out.Confidence = b.known.About(t.Lang, t.Text)
	if out.Text == "" && out.Unsure {
		out.Text = bot.Unsure(t.Lang, t.Text)
	}
	if out.Text == "" && !out.Handoff {
		return bot.Reply{}, ErrEmpty
	}
	return out, nil
}
