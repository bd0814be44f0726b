package past_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/session"
)

func TestTheLogHasMovesWhereAPersonBeganToSpeak(t *testing.T) {
	t.Parallel()
	events, state := read(t, table)[0].Log()
	var got []string
	for _, e := range events {
		got = append(got, strings.TrimRight(string(e.Kind)+" "+string(e.From)+" "+e.By+" "+string(e.Body.To)+e.Body.Text, " "))
	}
	want := []string{
		"message visitor  我要退款", "message bot  请问订单号？", "move system  waiting", "move agent 小王 human",
		"message agent 小王 您好", "rating visitor", "move system  closed",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if state.LastAgent != "小王" || state.Queue != "general" || state.Reason != "imported" || state.Site != "demo" {
		t.Errorf("state %+v", state)
	}
}

func TestTheSameConversationIsTheSameLogAndAnotherIsNot(t *testing.T) {
	t.Parallel()
	first, again := read(t, table)[0], read(t, table)[0]
	changed := read(t, strings.Replace(table, "订单号", "快递单号", 1))[0]
	_, a := first.Log()
	_, b := again.Log()
	_, c := changed.Log()
	if first.ID() != again.ID() || first.ID() != changed.ID() || a.Tail != b.Tail || a.Tail == c.Tail {
		t.Errorf("ids %s %s %s, tails %s %s %s", first.ID(), again.ID(), changed.ID(), a.Tail, b.Tail, c.Tail)
	}
	if _, err := session.ParseID(string(first.ID())); err != nil {
		t.Error(err)
	}
}
