package queue_test

import (
	"testing"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

func TestInvariant7ASeatIsOfferedNoMoreThanItHasRoomFor(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		for i := range 5 {
			b.join(sid(i))
			b.advance(time.Millisecond)
		}
		b.sit("ann", 2)
		offers := b.dispatch()
		b.same("offers", len(offers), 2)
		b.same("first come", []session.ID{offers[0].Session, offers[1].Session}, []session.ID{sid(0), sid(1)})
		b.same("load", b.seat("ann").Load, 2)
		b.same("again", len(b.dispatch()), 0)
		b.accept(offers[0])
		b.settle(human(sid(0), 2, "ann"))
		b.same("load", b.seat("ann").Load, 2)
		b.same("still full", len(b.dispatch()), 0)
	})
}

func TestInvariant7AnOfferDecidedOnOldFactsIsRefused(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		b.sit("ann", 1)
		pair := queue.Pair{Ticket: b.ticket("a"), Seat: b.seat("ann")}
		for name, change := range map[string]func(p *queue.Pair){
			"ticket version": func(p *queue.Pair) { p.Ticket.Version++ },
			"seat version":   func(p *queue.Pair) { p.Seat.Version++ },
			"no such seat":   func(p *queue.Pair) { p.Seat.Agent = "bob" },
			"no such ticket": func(p *queue.Pair) { p.Ticket.Session = "z" },
		} {
			stale := pair
			change(&stale)
			if _, err := b.desk.Offer(b.Context(), site, stale); err == nil {
				b.Errorf("%s: got an offer", name)
			} else {
				b.is(err, queue.ErrConflict)
			}
		}
		_, err := b.desk.Offer(b.Context(), site, pair)
		b.is(err, nil)
		_, err = b.desk.Offer(b.Context(), site, pair)
		b.is(err, queue.ErrConflict)
	})
}

func TestInvariant7AMatchIsVoidOnceTheSeatChangedItsTerms(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		for name, change := range map[string]func(s *queue.Sitting){
			"capacity":  func(s *queue.Sitting) { s.Capacity = 3 },
			"skills":    func(s *queue.Sitting) { s.Skills = []queue.Skill{{Queue: "appeals", Level: 1}} },
			"languages": func(s *queue.Sitting) { s.Langs = []string{"en"} },
		} {
			b.sit("ann", 1)
			pair := queue.Pair{Ticket: b.ticket("a"), Seat: b.seat("ann")}
			s := sitting("ann", 1)
			change(&s)
			_, err := b.desk.Renew(b.Context(), site, s)
			b.is(err, nil)
			if _, err = b.desk.Offer(b.Context(), site, pair); err == nil {
				b.Errorf("%s changed: got an offer", name)
			}
		}
	})
}

func TestOnlyAvailableSeatsWithALeaseAreOffered(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		s := sitting("ann", 1)
		for _, s.Status = range []queue.Status{queue.Busy, queue.Away, queue.WrapUp, queue.Offline} {
			_, err := b.desk.Sit(b.Context(), site, s)
			b.is(err, nil)
			b.same(string(s.Status), len(b.dispatch()), 0)
		}
		b.sit("ann", 1)
		pair := queue.Pair{Ticket: b.ticket("a"), Seat: b.seat("ann")}
		b.advance(30 * time.Second)
		b.same("lease over", len(b.dispatch()), 0)
		_, err := b.desk.Offer(b.Context(), site, pair)
		b.is(err, queue.ErrConflict)
	})
}

func TestAnAcceptTellsTheFenceAndMayBeRepeated(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.settle(waiting("a", 7, start))
		b.sit("ann", 1)
		offer := b.only()
		want := queue.Accepted{Session: "a", Number: offer.Number, Epoch: 7}
		b.same("accept", b.accept(offer), want)
		b.same("again", b.accept(offer), want)
		b.is(b.desk.Decline(b.Context(), site, "ann", offer.ID), queue.ErrOfferGone)
	})
}

func TestAnOfferIsGoneForTheWrongAgentAWrongTokenAndTooLate(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		b.sit("ann", 1)
		offer := b.only()
		for name, try := range map[string][2]string{
			"another agent": {"bob", offer.ID}, "a made-up token": {"ann", "a.x"},
			"no token": {"ann", ""}, "no session": {"ann", ".x"}, "no dot": {"ann", "a"},
		} {
			_, err := b.desk.Accept(b.Context(), site, try[0], try[1])
			b.is(err, queue.ErrOfferGone)
			b.is(b.desk.Decline(b.Context(), site, try[0], try[1]), queue.ErrOfferGone)
			b.is(b.desk.Shown(b.Context(), site, try[0], try[1]), queue.ErrOfferGone)
			if b.Failed() {
				b.Fatal(name)
			}
		}
		b.advance(25 * time.Second)
		_, err := b.desk.Accept(b.Context(), site, "ann", offer.ID)
		b.is(err, queue.ErrOfferGone)
	})
}

func TestInvariant5ADeclinedTicketKeepsItsPlaceAndAsksEveryOtherSeatFirst(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		for _, agent := range []string{"ann", "bob", "cy"} {
			b.sit(agent, 1)
			b.advance(time.Millisecond)
		}
		b.join("a")
		arrived := b.clock()
		var asked []string
		for i := range 6 {
			if i == 3 { // all were asked
				b.same("offered at once to who has just declined", len(b.dispatch()), 0)
				b.advance(queue.AskAgainAfter)
			}
			offer := b.only()
			asked = append(asked, offer.Agent)
			b.decline(offer)
		}
		b.same("asked", asked, []string{"ann", "bob", "cy", "ann", "bob", "cy"})
		got := b.ticket("a")
		b.same("state", got.State, queue.InLine)
		b.same("arrival", got.Arrived, arrived)
		b.same("status", b.seat("ann").Status, queue.Available)
		b.join("b")
		b.advance(queue.AskAgainAfter)
		b.same("first again", b.dispatch()[0].Session, session.ID("a"))
	})
}

func TestInvariant5AMissedOfferGoesBackAndTwoShownOnesSetTheSeatAway(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		miss := func(shown bool) queue.Lapsed {
			b.advance(queue.AskAgainAfter)
			taken, err := b.desk.Renew(b.Context(), site, sitting("ann", 1))
			b.is(err, nil)
			b.same("status before", taken.Seat.Status, queue.Available)
			offer := b.only()
			if shown {
				b.is(b.desk.Shown(b.Context(), site, "ann", offer.ID), nil)
			}
			b.advance(24 * time.Second)
			b.same("early", b.lapse("a"), queue.Lapsed{})
			b.advance(time.Second)
			b.same("due", ticketTimers(b.due()), 1)
			lapsed := b.lapse("a")
			b.same("lapsed", []string{lapsed.Offer, lapsed.Agent}, []string{offer.ID, "ann"})
			b.same("twice", b.lapse("a"), queue.Lapsed{})
			b.same("not due", ticketTimers(b.due()), 0)
			return lapsed
		}
		b.same("not shown", miss(false).SetAway, false)
		b.same("shown once", miss(true).SetAway, false)
		b.same("not shown", miss(false).SetAway, false)
		b.same("shown twice", miss(true).SetAway, true)
		taken, err := b.desk.Renew(b.Context(), site, sitting("ann", 1))
		b.is(err, nil)
		b.same("a renewal does not undo it", taken.Seat.Status, queue.Away)
		b.same("no offer", len(b.dispatch()), 0)
		b.same("in line", b.line("general"), []session.ID{"a"})
		b.advance(queue.AskAgainAfter)
		b.sit("ann", 1)
		b.only()
	})
}

func TestInvariant5AnAcceptThatNobodyFinishesIsVoidedBeforeItGoesBack(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		b.sit("ann", 1)
		offer := b.only()
		b.accept(offer)
		b.advance(9 * time.Second)
		b.same("early", b.lapse("a"), queue.Lapsed{})
		b.advance(time.Second)
		want := queue.Lapsed{Offer: offer.ID, Agent: "ann", Void: offer.Number}
		b.same("lapsed", b.lapse("a"), want)
		b.same("still fenced", b.ticket("a").State, queue.Accepting)
		b.same("quiet for a while", ticketTimers(b.due()), 0)
		b.advance(5 * time.Second)
		b.same("reported again", ticketTimers(b.due()), 1)
		back, err := b.desk.Return(b.Context(), site, "a", offer.Number-1)
		b.same("another number", back, false)
		b.is(err, nil)
		back, err = b.desk.Return(b.Context(), site, "a", offer.Number)
		b.same("returned", back, true)
		b.is(err, nil)
		b.same("load", b.seat("ann").Load, 0)
		next := b.only()
		b.same("same agent", next.Agent, "ann")
		if next.Number <= offer.Number {
			b.Errorf("got offer number %d after %d, want it higher", next.Number, offer.Number)
		}
	})
}

func TestAnOfferCarriesWhatTheConsoleShows(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		p := waiting("a", 1, start)
		p.Lang, p.Reason, p.Summary = "zh-CN", "words", "我的快递在哪里"
		b.settle(p)
		b.advance(4 * time.Second)
		b.sit("ann", 1)
		got := b.only()
		id, err := queue.SessionOf(got.ID)
		b.is(err, nil)
		b.same("session of the id", id, session.ID("a"))
		want := queue.Offer{
			ID: got.ID, Session: "a", Agent: "ann", Number: got.Number, Waited: 4 * time.Second,
			Left: 25 * time.Second, Queue: "general", Lang: "zh-CN", Reason: "words", Summary: p.Summary,
		}
		b.same("offer", got, want)
		b.advance(time.Second)
		want.Waited, want.Left = 5*time.Second, 24*time.Second
		b.same("the seat shows it too", b.sit("ann", 1).Offers, []queue.Offer{want})
	})
}
