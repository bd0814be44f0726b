package escalate

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// Policy is one published version of when the router steps in. It is a value: copying it copies all
// of it, and two are equal if == says so.
type Policy struct {
	// Version numbers what was published, from 1. It is not part of what the policy says.
	Version int `json:"version"`

	// AssistAt, OfferAt and TransferAt are the points from which the visitor is helped along, asked
	// whether a person should take over, and handed to one.
	AssistAt   int `json:"assist_at"`
	OfferAt    int `json:"offer_at"`
	TransferAt int `json:"transfer_at"`
	// FadeOver is the number of further messages over which a signal's points fade to nothing.
	FadeOver int `json:"fade_over"`
	// Points are what each value of each signal adds.
	Points Points `json:"points"`

	// FailedTurns is how many answers in a row the bot may owe before a person comes.
	FailedTurns int `json:"failed_turns"`
	// SameQuestion is how often a question may be asked again before a person comes. Unlike a floor it
	// gives way to a visitor who said no.
	SameQuestion int `json:"same_question"`
	// A bot that is silent this long leads to an offer, and to a person.
	BotSilentOffer    time.Duration `json:"-"`
	BotSilentTransfer time.Duration `json:"-"`

	// Always says aloud what no policy may switch off.
	Always Always `json:"always"`
}

// Always is the rules that hold in every policy. They are written in it so that the published page
// and the record say them; Validate refuses a policy that says otherwise, and Judge does not ask.
type Always struct {
	Button  bool `json:"button"`   // 转人工 leads to a person, in every state
	Words   bool `json:"words"`    // so does asking in words
	Refusal bool `json:"refusal"`  // and refusing the bot
	Safety  bool `json:"safety"`   // and an incident
	AILabel bool `json:"ai_label"` // what a machine wrote is labelled
}

// Points are the points of each value of each signal: Points[Failed][2] for two failed turns.
type Points [signals][bins]int

// Default is the policy that ships: points set by hand so that one repetition is noticed, two with
// the same answer lead to a person, and who needs more time gets there one step sooner.
func Default() Policy {
	return Policy{
		Version:  1,
		AssistAt: 30, OfferAt: 60, TransferAt: 100,
		FadeOver: 8,
		Points: Points{
			Asked:       {0, 60, 100},
			Refused:     {0, 60, 100},
			Safety:      {0, 60, 100},
			Failed:      {0, 30, 60, 100},
			Repeated:    {0, 40, 80, 100},
			BotRepeated: {0, 30, 50, 60},
			MoreTime:    {0, 15, 30},
			Frustrated:  {0, 30, 60}, // alone it asks first (W5)
			Complained:  {0, 30, 60},
			Returned:    {0, 60},
			Hesitated:   {0, 15, 30, 45},
		},
		FailedTurns:       2,
		SameQuestion:      2,
		BotSilentOffer:    15 * time.Second,
		BotSilentTransfer: 60 * time.Second,
		Always:            Always{Button: true, Words: true, Refusal: true, Safety: true, AILabel: true},
	}
}

// Hash identifies what a policy says, whatever its version: a restored policy has its old hash.
func (p Policy) Hash() string {
	p.Version = 0
	b, err := json.Marshal(p)
	if err != nil {
		panic("escalate: a policy is always encodable: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
