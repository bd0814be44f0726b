package router

import "strings"

// comesOrGoes is what the visitor reads when somebody else of the team comes or goes.
func comesOrGoes(lang, name string, comes bool) string {
	switch zh := strings.HasPrefix(strings.ToLower(lang), "zh"); {
	case zh && comes:
		return name + " 也来帮您了。"
	case zh:
		return name + " 离开了，原来的客服人员继续为您服务。"
	case comes:
		return name + " has joined to help you."
	}
	return name + " has left; the person who helped you before goes on."
}

// apology is what the visitor reads when the bot itself failed.
func apology(lang string) string {
	if strings.HasPrefix(strings.ToLower(lang), "zh") {
		return "抱歉，智能助手刚才出了点问题。您可以再问一次，或按上面的“转人工”找客服人员。"
	}
	return "Sorry, the assistant had a problem just now. Please ask again, or press “Talk to a person” above."
}
