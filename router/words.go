package router

import "strings"

// apology is what the visitor reads when the bot itself failed.
func apology(lang string) string {
	if strings.HasPrefix(strings.ToLower(lang), "zh") {
		return "抱歉，智能助手刚才出了点问题。您可以再问一次，或按上面的“转人工”找客服人员。"
	}
	return "Sorry, the assistant had a problem just now. Please ask again, or press “Talk to a person” above."
}
