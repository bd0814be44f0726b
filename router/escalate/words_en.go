package escalate

var english = &voice{
	because: map[string]string{
		ReasonWords:       "You asked for a person",
		ReasonRefusedBot:  "You would rather not talk to a bot",
		ReasonSafety:      "What you describe may be about your safety",
		ReasonFailedTurns: "The bot could not answer you {times}",
		ReasonBotSilent:   "The bot is taking too long",
		ReasonRepeated:    "You asked the same question {times}",
		ReasonBotRepeated: "The bot gave you the same answer {times}",
		ReasonMoreTime:    "There is no hurry",
		ReasonFrustrated:  "We are sorry for the trouble",
		ReasonComplaint:   "You have a complaint or an appeal",
		ReasonReturned:    "You had to come back about this",
		ReasonHesitated:   "You still seem to have doubts",
		ReasonPersonFirst: "You prefer a person first",
	},
	otherwise: "It looks as if you need help",
	then: [...]string{
		Assist: ", so we will make this easier to follow.", Offer: ": would you like a person to help?",
		Transfer: ", so we are connecting you to a person.",
	},
	counts: []string{"", "once", "twice", "three times", "several times"},
	table: words{
		signals: map[string]string{
			"asked": "Asked for a person", "refused": "Would rather not talk to the bot", "safety": "Safety or theft",
			"failed": "The bot could not answer", "repeated": "Asked the same again", "bot_repeated": "The bot said the same again",
			"needs_more_time": "Needs more time", "bot_silent": "The bot did not answer",
			"frustrated": "Is losing patience", "complaint": "Complains or appeals", "returned": "Back again and not content",
			"hesitated": "The answers leave doubts", "first_human": "Prefers a person first",
		},
		levels: []string{"no", "perhaps", "clearly"}, needs: []string{"no", "some", "more"},
		times: "{n} times", seconds: "{n} s",
		actions: [...]string{"nothing", "help along", "offer a person", "hand over"},
		rule:    "Rule: at {limit}, {action}", sum: "{points} points in all; from {threshold}, {action}",
		below: "{points} points in all, below every threshold", declined: "The visitor has just said no",
	},
}
