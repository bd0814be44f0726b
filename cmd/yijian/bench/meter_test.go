package bench

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestAMessageTellsWhenAndByWhomItWasSentWhateverIsAroundIt(t *testing.T) {
	t.Parallel()
	m := newMeter()
	text := m.text(4711)
	if len(text) != size {
		t.Errorf("a message has %d bytes, want %d", len(text), size)
	}
	for _, around := range []string{`%s`, `{"t":"event","text":"%s"}`} {
		frame := []byte(around)
		frame = slices.Replace(frame, slices.Index(frame, '%'), slices.Index(frame, '%')+2, text...)
		sent, visitor, ok := readMark(frame)
		if !ok || visitor != 4711 || sent > time.Since(m.zero) {
			t.Errorf("%s: read %v, visitor %d, %v", around, sent, visitor, ok)
		}
	}
}

func FuzzReadMark(f *testing.F) {
	m := newMeter()
	f.Add(m.text(7))
	f.Add([]byte(mark))
	f.Add([]byte(mark + "-00000000000000000100001"))
	f.Add([]byte(mark + "99999999999999999999999999"))
	f.Fuzz(func(t *testing.T, frame []byte) {
		sent, visitor, ok := readMark(frame)
		if ok && (sent < 0 || visitor < 0) {
			t.Errorf("read %v, visitor %d", sent, visitor)
		}
	})
}

func TestQuantilesAreTimesThatReallyOccurred(t *testing.T) {
	t.Parallel()
	var took []time.Duration
	for i := range 100 {
		took = append(took, time.Duration(i+1)*time.Millisecond)
	}
	for _, c := range []struct {
		sorted []time.Duration
		q      float64
		want   float64
	}{
		{nil, .5, 0}, {took, 0, 1}, {took, .5, 50}, {took, .99, 99}, {took, .999, 100}, {took[:1], .5, 1},
	} {
		if got := quantile(c.sorted, c.q); got != c.want {
			t.Errorf("quantile %v of %d times: got %v, want %v", c.q, len(c.sorted), got, c.want)
		}
	}
}

func TestTheMedianIsOneOfTheRuns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		all  []int
		want int
	}{{[]int{3}, 3}, {[]int{9, 1, 5}, 5}, {[]int{4, 1, 3, 2}, 2}} {
		if got := median(c.all); got != c.want {
			t.Errorf("median of %v: got %d, want %d", c.all, got, c.want)
		}
	}
}

func TestRefusalsAndLossesAreCounted(t *testing.T) {
	t.Parallel()
	m := newMeter()
	m.frame(m.text(0))
	m.frame([]byte(`{"t":"ack"}`))
	m.reply([]byte(`{"t":"error","code":"slow_down"}`))
	m.reply([]byte(`{"t":"ack"}`))
	got := m.figures(3)
	got.P50, got.P99, got.P999 = 0, 0, 0
	if diff := cmp.Diff(got, TalkFigures{Lost: 2, Refused: 1}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}
