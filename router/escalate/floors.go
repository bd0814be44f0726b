package escalate

import (
	"errors"
	"fmt"
	"time"
)

// The floors: what no policy can take from a visitor. Judge keeps them even under a policy that
// nobody validated.
const (
	// MaxFailedTurns is the most failed turns in a row before a person comes.
	MaxFailedTurns = 3
	// MaxSameQuestion is the most often a question is asked again before a person comes.
	MaxSameQuestion = 3
	// MaxBotSilentOffer is the longest silence of a bot before a person is offered.
	MaxBotSilentOffer = 15 * time.Second
	// MaxBotSilentTransfer is the longest silence of a bot before a person comes.
	MaxBotSilentTransfer = 180 * time.Second
)

// maxPoints bounds points and thresholds, far above all use.
const maxPoints = 1000

// Validate answers all that is wrong with a policy, joined, or nil. Each problem says what to write
// instead.
func (p Policy) Validate() error {
	return errors.Join(
		check(p.Version >= 1, "version is %d: versions count from 1", p.Version),
		p.Always.validate(),
		p.validateWaits(),
		p.validateThresholds(),
		p.Points.validate(),
		check(p.Points[MoreTime][2] < p.OfferAt,
			"needs_more_time reaches offer_at (%d) alone: it may only help other signals, keep its points below", p.OfferAt),
	)
}

func (a Always) validate() error {
	const off = "always.%s is off: %s cannot be switched off, set it to true"
	return errors.Join(
		check(a.Button, off, "button", "the button that leads to a person"),
		check(a.Words, off, "words", "asking for a person in words"),
		check(a.Refusal, off, "refusal", "refusing the bot"),
		check(a.Safety, off, "safety", "the way to a person after an incident"),
		check(a.AILabel, off, "ai_label", "the label on what a machine wrote"),
	)
}

func (p Policy) validateWaits() error {
	return errors.Join(
		check(p.FailedTurns >= 1 && p.FailedTurns <= MaxFailedTurns,
			"failed_turns is %d: a person comes after 1, 2 or 3 failed answers", p.FailedTurns),
		check(p.SameQuestion >= 1 && p.SameQuestion <= MaxSameQuestion,
			"same_question is %d: a person comes after the same question 1, 2 or 3 times again", p.SameQuestion),
		check(p.BotSilentOffer > 0 && p.BotSilentOffer <= MaxBotSilentOffer,
			"bot_silent_offer is %v: offer a person within %v of silence", p.BotSilentOffer, MaxBotSilentOffer),
		check(p.BotSilentTransfer > 0 && p.BotSilentTransfer <= MaxBotSilentTransfer,
			"bot_silent_transfer is %v: hand over within %v of silence", p.BotSilentTransfer, MaxBotSilentTransfer),
		check(p.BotSilentTransfer >= p.BotSilentOffer,
			"bot_silent_transfer (%v) is before bot_silent_offer (%v): offer first", p.BotSilentTransfer, p.BotSilentOffer),
	)
}

func (p Policy) validateThresholds() error {
	return errors.Join(
		check(p.AssistAt > 0, "assist_at is %d: write a number above 0", p.AssistAt),
		check(p.AssistAt <= p.OfferAt && p.OfferAt <= p.TransferAt && p.TransferAt <= maxPoints,
			"assist_at %d, offer_at %d and transfer_at %d must rise, up to %d", p.AssistAt, p.OfferAt, p.TransferAt, maxPoints),
		check(p.FadeOver >= 1 && p.FadeOver <= maxTurns,
			"fade_over is %d: write 1 to %d messages", p.FadeOver, maxTurns),
	)
}

func (p Points) validate() error {
	var problems []error
	for i, t := range traits {
		row := p[i]
		problems = append(problems, check(row[0] == 0, "%s gives %d points for nothing: its first number is 0", t.name, row[0]))
		for b := 1; b < t.bins; b++ {
			problems = append(problems, check(row[b] >= row[b-1] && row[b] <= maxPoints,
				"%s has %d points after %d: more of a signal never counts less, up to %d", t.name, row[b], row[b-1], maxPoints))
		}
	}
	return errors.Join(problems...)
}

func check(ok bool, format string, args ...any) error {
	if ok {
		return nil
	}
	return fmt.Errorf(format, args...)
}

// SilentOffer is after how long a silence of the bot a person is offered, within the floor.
func (p Policy) SilentOffer() time.Duration { return within(p.BotSilentOffer, MaxBotSilentOffer) }

// SilentTransfer is after how long a silence of the bot a person comes, within the floor.
func (p Policy) SilentTransfer() time.Duration {
	return within(p.BotSilentTransfer, MaxBotSilentTransfer)
}
