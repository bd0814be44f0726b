package agents

// Role says what kind of work an account is for.
type Role string

// The roles. An agent talks to visitors; a lead also watches and steps in; ops tunes when the router
// escalates and talks to nobody; an admin keeps the accounts and may do everything.
const (
	RoleAgent Role = "agent"
	RoleLead  Role = "lead"
	RoleOps   Role = "ops"
	RoleAdmin Role = "admin"
)

// Roles returns all roles, in the order of the table below.
func Roles() []Role { return []Role{RoleAgent, RoleLead, RoleOps, RoleAdmin} }

// Verb names something that can be done through a REST route or an agent's frame.
type Verb string

// The verbs. Those that begin with "agent." are the frames of the agent socket.
const (
	AgentHello    Verb = "agent.hello"
	AgentPresence Verb = "agent.presence"
	AgentAccept   Verb = "agent.accept"
	AgentDecline  Verb = "agent.decline"
	AgentMessage  Verb = "agent.message"
	AgentNote     Verb = "agent.note"
	AgentTyping   Verb = "agent.typing"
	AgentRead     Verb = "agent.read"
	AgentTransfer Verb = "agent.transfer"
	AgentClose    Verb = "agent.close"
	AgentWatch    Verb = "agent.watch"
	AgentWhisper  Verb = "agent.whisper"
	AgentJoin     Verb = "agent.join"
	SessionsRead  Verb = "sessions.read"
	SessionsTake  Verb = "sessions.export"
	SessionsErase Verb = "sessions.erase"
	AuditRead     Verb = "audit.read"
	AccountsRead  Verb = "accounts.read"
	AccountsWrite Verb = "accounts.write"
	KeysWrite     Verb = "keys.write"
	SettingsRead  Verb = "settings.read"
	SettingsWrite Verb = "settings.write"
	PolicyRead    Verb = "policy.read"
	PolicyWrite   Verb = "policy.write"
	SelfRead      Verb = "self.read"
	SelfWrite     Verb = "self.write"
)

const (
	yes = true
	no  = false
)

// grants decides one verb for all roles. It is written without field names, so that a row that
// leaves a role undecided does not compile.
type grants struct{ agent, lead, ops, admin bool }

// table is the only place where a role is given anything. A verb without a row is refused to all.
var table = map[Verb]grants{
	//             agent lead ops  admin
	AgentHello:    {yes, yes, no, yes},
	AgentPresence: {yes, yes, no, yes},
	AgentAccept:   {yes, yes, no, yes},
	AgentDecline:  {yes, yes, no, yes},
	AgentMessage:  {yes, yes, no, yes},
	AgentNote:     {yes, yes, no, yes},
	AgentTyping:   {yes, yes, no, yes},
	AgentRead:     {yes, yes, no, yes},
	AgentTransfer: {yes, yes, no, yes},
	AgentClose:    {yes, yes, no, yes},
	AgentWatch:    {no, yes, no, yes},
	AgentWhisper:  {no, yes, no, yes},
	AgentJoin:     {no, yes, no, yes},
	SessionsRead:  {yes, yes, yes, yes},
	SessionsTake:  {no, yes, yes, yes},
	SessionsErase: {no, no, no, yes},
	AuditRead:     {no, no, yes, yes},
	AccountsRead:  {no, yes, yes, yes},
	AccountsWrite: {no, no, no, yes},
	KeysWrite:     {no, no, no, yes},
	SettingsRead:  {no, no, yes, yes},
	SettingsWrite: {no, no, no, yes},
	PolicyRead:    {yes, yes, yes, yes},
	PolicyWrite:   {no, no, yes, yes},
	SelfRead:      {yes, yes, yes, yes},
	SelfWrite:     {yes, yes, yes, yes},
}

// Can reports whether a role may do what verb names, somewhere. Where is Account.May's question.
func Can(role Role, verb Verb) bool {
	row := table[verb]
	switch role {
	case RoleAgent:
		return row.agent
	case RoleLead:
		return row.lead
	case RoleOps:
		return row.ops
	case RoleAdmin:
		return row.admin
	}
	return false
}

// Known reports whether a verb has a row in the table.
func (v Verb) Known() bool {
	_, ok := table[v]
	return ok
}

// Known reports whether r is one of the roles.
func (r Role) Known() bool {
	switch r {
	case RoleAgent, RoleLead, RoleOps, RoleAdmin:
		return true
	}
	return false
}
