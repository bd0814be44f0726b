package escalate_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"yijian/router/escalate"
	"yijian/session"
)

// said is what random visitors say.
var said = strings.Split("我的快递到哪了|谢谢|有人吗|怎么退货|where is my parcel|看不清|转人工|如果卡丢了怎么办|气死我了|我要投诉|什么意思|等了半天|refund|stupid bot|🙂||123", "|")

// randomLog is a conversation with the bot; slower writes the same one with higher pace buckets.
func randomLog(r *rand.Rand) (events, slower []session.Event) {
	plain, slow := new(log), new(log)
	for range r.IntN(25) {
		text := said[r.IntN(len(said))]
		plain.visitor(text)
		slow.visitor(text)
		if r.IntN(2) == 0 {
			p := session.Pace{T: r.IntN(5), Pause: r.IntN(5), Edits: r.IntN(5)}
			plain.events[len(plain.events)-1].Body.Pace = &p
			q := session.Pace{T: up(r, p.T), Pause: up(r, p.Pause), Edits: up(r, p.Edits)}
			slow.events[len(slow.events)-1].Body.Pace = &q
		}
		answer, intent := r.IntN(5), string(rune('a'+r.IntN(4)))
		for _, l := range []*log{plain, slow} {
			switch answer {
			case 0:
				l.unsure()
			case 1: // still owed
			default:
				l.bot("This is the answer about "+intent+".", intent)
			}
		}
	}
	return plain.events, slow.events
}

func up(r *rand.Rand, v int) int { return v + r.IntN(5-v) }

// weighed is how many values of each signal a policy gives points.
var weighed = map[escalate.Signal]int{
	escalate.Asked: 3, escalate.Refused: 3, escalate.Safety: 3, escalate.Failed: 4, escalate.Repeated: 4, escalate.BotRepeated: 4,
	escalate.MoreTime: 3, escalate.Frustrated: 3, escalate.Complained: 3, escalate.Returned: 2, escalate.Hesitated: 4,
}

// randomPolicy is any policy that Validate accepts.
func randomPolicy(r *rand.Rand) escalate.Policy {
	p := escalate.Default()
	p.AssistAt = 1 + r.IntN(60)
	p.OfferAt = p.AssistAt + r.IntN(60)
	p.TransferAt = p.OfferAt + r.IntN(60)
	p.FadeOver = 1 + r.IntN(20)
	p.FailedTurns = 1 + r.IntN(3)
	p.SameQuestion = 1 + r.IntN(3)
	for s := escalate.Asked; s <= escalate.PersonFirst; s++ {
		points := 0
		for b := 1; b < weighed[s]; b++ {
			points += r.IntN(50)
			if s == escalate.MoreTime {
				points = min(points, p.OfferAt-1)
			}
			p.Points[s][b] = points
		}
	}
	return p
}

func TestInvariant9MoreHelpNeverMeansALaterPerson(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 9))
	for i := range 12_000 {
		p := randomPolicy(r)
		if err := p.Validate(); err != nil {
			t.Fatalf("case %d: the random policy is not valid: %v", i, err)
		}
		events, slower := randomLog(r)
		less, more := escalate.Fold(events), escalate.Fold(slower)
		less.Silence = time.Duration(r.IntN(90)) * time.Second
		more.Silence = less.Silence
		less.Assist = r.IntN(3)
		more.Assist = less.Assist + r.IntN(3-less.Assist)
		a, b := escalate.Judge(less, p), escalate.Judge(more, p)
		if b.Action < a.Action {
			t.Fatalf("case %d: more help led to %v, less to %v\n%+v\n%+v", i, b.Action, a.Action, b, a)
		}
		if b.Action >= escalate.Offer && b.Reason == escalate.ReasonMoreTime {
			t.Fatalf("case %d: needing more time alone led to %v", i, b.Action)
		}
	}
}
