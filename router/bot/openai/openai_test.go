package openai_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/router/bot"
	"yijian/router/bot/kb"
	"yijian/router/bot/openai"
	"yijian/router/bot/openai/modeltest"
)

var knowledge = sync.OnceValues(func() (*bot.FAQ, error) {
	k, err := kb.Demo()
	if err != nil {
		return nil, err
	}
	return bot.NewFAQ(k, bot.Options{})
})

func start(t *testing.T, key string) (*openai.Bot, *modeltest.Server) {
	t.Helper()
	known, err := knowledge()
	if err != nil {
		t.Fatal(err)
	}
	server := modeltest.Start(t)
	return openai.New(openai.Options{URL: server.URL, Model: modeltest.Name, Key: key, Knowledge: known}), server
}

type answered struct {
	reply bot.Reply
	told  []string
	err   error
}

// ask asks while the test answers.
func ask(ctx context.Context, b *openai.Bot, turn bot.Turn) <-chan answered {
	done := make(chan answered, 1)
	go func() {
		var a answered
		a.reply, a.err = b.Stream(ctx, turn, func(soFar string) { a.told = append(a.told, soFar) })
		done <- a
	}()
	return done
}

var refund = bot.Turn{Lang: "zh-CN", Text: "退款什么时候到账", History: []bot.Line{
	{From: "visitor", Text: "你好"}, {From: "bot", Text: "您好，请问有什么事？"},
}}

func TestAnAnswerIsToldWhileItGrowsAndNamesWhatItIsAbout(t *testing.T) {
	t.Parallel()
	b, server := start(t, modeltest.Key)
	done := ask(t.Context(), b, refund)
	asked := server.Asked(t)
	if asked.Model != modeltest.Name || !asked.Stream {
		t.Errorf("asked %q, streaming %v", asked.Model, asked.Stream)
	}
	var roles []string
	for _, m := range asked.Messages {
		roles = append(roles, m.Role)
	}
	if diff := cmp.Diff([]string{"system", "user", "assistant", "user"}, roles); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
	if system := asked.Messages[0].Content; !strings.Contains(system, "问：") || !strings.Contains(system, "退款") {
		t.Errorf("the knowledge about refunds was not sent:\n%s", system)
	}
	for _, piece := range []string{"[ans", "wer] 退款", "一般三天", "内到账。"} {
		asked.Say(piece)
	}
	asked.End()
	got := <-done
	if got.err != nil {
		t.Fatal(got.err)
	}
	if diff := cmp.Diff([]string{"退款", "退款一般三天", "退款一般三天内到账。"}, got.told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	if got.reply.Text != "退款一般三天内到账。" || got.reply.Unsure || got.reply.Handoff || got.reply.Intent == "" {
		t.Errorf("reply %+v", got.reply)
	}
}

func TestAModelAdmitsThatItDoesNotKnowOrCallsAPerson(t *testing.T) {
	t.Parallel()
	b, server := start(t, modeltest.Key)
	for said, want := range map[string]bot.Reply{
		"[unsure] I do not know that.": {Text: "I do not know that.", Unsure: true},
		"[unsure]":                     {Text: bot.Unsure("en", "zz"), Unsure: true},
		"[person] A person is called.": {Text: "A person is called.", Handoff: true},
		"[person]":                     {Handoff: true},
	} {
		done := ask(t.Context(), b, bot.Turn{Lang: "en", Text: "zz"})
		asked := server.Asked(t)
		asked.Say(said)
		asked.End()
		if got := <-done; got.err != nil || !cmp.Equal(want, got.reply) {
			t.Errorf("%q became %+v, %v; want %+v", said, got.reply, got.err, want)
		}
	}
}

func TestTheKnowledgeStandsInForAnAnswerThatIsNone(t *testing.T) {
	t.Parallel()
	b, server := start(t, modeltest.Key)
	plain := plainly(t, refund)
	for name, c := range map[string]struct {
		answer func(*modeltest.Ask)
		want   error
	}{
		"broken off": {func(a *modeltest.Ask) { a.Say("[answer] 退款一"); a.Break() }, openai.ErrBrokeOff},
		"empty":      {func(a *modeltest.Ask) { a.Say("[answer] "); a.End() }, openai.ErrEmpty},
		"endless": {func(a *modeltest.Ask) {
			for range 8 {
				a.Say(strings.Repeat("x", 1<<10))
			}
			a.End()
		}, openai.ErrTooLong},
	} {
		done := ask(t.Context(), b, refund)
		c.answer(server.Asked(t))
		got := <-done
		if got.err != nil || !errors.Is(got.reply.Failure, c.want) {
			t.Errorf("%s: %v, for %v; want it for %v", name, got.err, got.reply.Failure, c.want)
		}
		if got.reply.Failure = nil; !cmp.Equal(plain, got.reply) {
			t.Errorf("%s: %+v, want %+v", name, got.reply, plain)
		}
	}
}

// plainly is what the knowledge answers without a model.
func plainly(t *testing.T, turn bot.Turn) bot.Reply {
	t.Helper()
	known, err := knowledge()
	if err != nil {
		t.Fatal(err)
	}
	reply, err := known.Reply(t.Context(), turn)
	if err != nil || reply.Unsure {
		t.Fatalf("the knowledge says %+v, %v", reply, err)
	}
	return reply
}

func TestWhoStopsWaitingHangsUpOnTheModel(t *testing.T) {
	t.Parallel()
	b, server := start(t, modeltest.Key)
	ctx, cancel := context.WithCancel(t.Context())
	done := ask(ctx, b, refund)
	asked := server.Asked(t)
	cancel()
	if got := <-done; !errors.Is(got.err, context.Canceled) {
		t.Errorf("the bot says %v", got.err)
	}
	<-asked.Gone
}

// Errors are logged, and what a visitor said is not (S7).
func TestARefusalTellsItsKindAndNeitherTheKeyNorWhatWasSaid(t *testing.T) {
	t.Parallel()
	known, err := knowledge()
	if err != nil {
		t.Fatal(err)
	}
	for body, kind := range map[string]string{
		`{"error":{"message":"flagged: ` + refund.Text + `, key hush-hush","type":"filter"}}`: "status 400, filter",
		`<html>` + refund.Text + ` hush-hush</html>`:                                          "status 400",
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(body))
		}))
		t.Cleanup(server.Close)
		b := openai.New(openai.Options{URL: server.URL, Model: modeltest.Name, Key: "hush-hush", Knowledge: known})
		reply, _ := b.Reply(t.Context(), refund)
		err := reply.Failure
		if err == nil || !strings.Contains(err.Error(), kind) || strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), refund.Text) {
			t.Errorf("the error is %v", err)
		}
	}
}

// A redirect would carry the key, and what a visitor said, to an address that nobody named.
func TestARedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := modeltest.Start(t)
	turn := httptest.NewServer(http.RedirectHandler(elsewhere.URL+"/chat/completions", http.StatusTemporaryRedirect))
	t.Cleanup(turn.Close)
	known, err := knowledge()
	if err != nil {
		t.Fatal(err)
	}
	b := openai.New(openai.Options{URL: turn.URL, Model: modeltest.Name, Key: modeltest.Key, Knowledge: known})
	if got, err := b.Reply(t.Context(), refund); err != nil || got.Failure == nil || got.Text != plainly(t, refund).Text {
		t.Errorf("answered %+v, %v", got, err)
	}
}

func TestCheckNamesTheModelsThereAre(t *testing.T) {
	t.Parallel()
	b, server := start(t, modeltest.Key)
	if err := b.Check(t.Context()); err != nil {
		t.Error(err)
	}
	unknown := openai.New(openai.Options{URL: server.URL, Model: "gone", Key: modeltest.Key})
	if err := unknown.Check(t.Context()); err == nil || !strings.Contains(err.Error(), modeltest.Name) {
		t.Errorf("an unknown model: %v", err)
	}
	locked := openai.New(openai.Options{URL: server.URL, Model: modeltest.Name, Key: "hush"})
	if err := locked.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "bot_key") {
		t.Errorf("a wrong key: %v", err)
	}
}
