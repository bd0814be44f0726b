package main

// wordsEnglish are the lists that the English patterns name.
const wordsEnglish = `
lead=|please|can I|could I|could I please|may I|can I please|I want to|I need to|I would like to|I'd like to|let me|just let me|how do I|how can I|how do we|is it possible to|is there a way to|is there any way to|I have to|I wanna|I gotta|need to|want to|would like to|help me|I must|I'd prefer to|I prefer to|I'd rather|I demand to|I am trying to|trying to|where can I|what do I do to|what do I have to do to|I don't know how to|I can't see how to|tell me how to|I try to|we want to|any chance to|I wish to|I only want to|I really need to|I urgently need to|I was hoping to|allow me to|why can't I|I need help to|need assistance to|I want help to|am I able to
you=|please|can you|could you|could you please|can you please|would you|will you|would you please|kindly|pls|plz|please just|just|can u|you need to|you have to|I want you to|I need you to|I'd like you to|why don't you|is it possible that you|are you able to|can somebody|hey|now|ok|so
reach=talk to|speak to|speak with|talk with|chat with|chat to|get in touch with|contact|reach|get hold of|get a hold of|deal with|discuss this with|have a word with|get help from|get assistance from|message|write to|see|connect with|be connected to|be connected with|be transferred to|be put through to|explain this to|hear from|have a conversation with|interact with|communicate with|call|phone|have a chat with|get through to|ask|consult|be helped by|converse with|live chat with|get support from|reach out to|get to|work this out with|sort this out with|go through this with
give=transfer me to|transfer this chat to|connect me to|connect me with|connect to|put me through to|put me in touch with|put me on to|hand me over to|hand this over to|pass me to|pass me on to|pass me over to|get me|give me|find me|bring in|bring me|get|switch me to|switch to|redirect me to|forward me to|forward this to|forward my chat to|escalate this to|escalate to|escalate me to|send me to|send this to|move me to|route me to|patch me through to|link me with|assign me|hook me up with|show me|call|fetch|set me up with
p=a human|a person|a real person|an agent|a live agent|a human agent|someone|somebody|a representative|customer service|customer support|customer care|support|an operator|the manager|a manager|a supervisor|your team|someone from support|someone from your team|someone who can help|somebody who knows|someone who understands|an actual human|an actual person|a human being|a member of staff|a staff member|an employee|one of your employees|a colleague|one of your colleagues|an advisor|an adviser|a specialist|an executive|a customer care executive|your boss|a support agent|a customer service representative|a customer service agent|a service agent|one of your people|the help desk|whoever is in charge|whoever can help|the person in charge|a real human|a live person|a live human|a live operator|a live representative|a rep|a csr|a customer assistant|someone in charge|someone real|a real agent|the support team|your customer care|your support|your customer service|people|real people|a human operator|somebody from the team|anybody|anyone|anyone there|a technician|an expert|a consultant|the owner|someone higher up|a senior agent|another agent|a different agent|a free agent|your supervisor|your manager|actual staff|a living person|a proper person|someone at your company
noun=human|agent|representative|operator|real person|live agent|human agent|live person|customer service|customer care|customer support|support agent|live chat agent|manager|supervisor|advisor|rep|person|actual person|human being|service agent|support person|staff member|real human|live representative|customer service rep|live operator|human operator|customer care executive
act=call me|call me back|contact me|ring me|ring me back|phone me|get back to me|reply to me|answer me|help me|help me with this|handle this|look into this|look at this|take over|step in|deal with this|respond|assist me|get in touch with me|sort this out|explain it to me|speak to me|talk to me|chat with me|check this|review my case|take a look at my case
tail=||||please|now|right now|asap|immediately|thanks|please now|instead|about my order|about my account|about this|regarding my refund|regarding my order|about a problem|to solve my problem|to fix this|for help|as soon as possible|today|directly|on the phone|by phone|here|about my payment|and not a bot|rather than a bot|instead of a bot|instead of this bot|not a machine|for assistance|regarding a complaint|about my delivery|about my booking|about an issue|because this is not working|if possible|from your company|who can help|who can solve this|to resolve this|with my problem
bot=bot|robot|chatbot|machine|computer|virtual assistant|automated system|ai|robots|bots|machines|this bot|this robot|a bot|a robot|a machine|a computer
thing=order|parcel|refund|card|account|money|payment|delivery|address|password|invoice|coupon|phone|transfer|statement|ticket|booking|item|shoes|product|package
other=my friend|my wife|my son|another person|someone else|a friend|my mother|the driver|my neighbour|the seller|my landlord|my family|somebody else|another account|people abroad|a merchant|my employer
hum=human hair|human rights|human resources|human error|travel agent|estate agent|real estate agent|delivery agent|insurance agent|cleaning agent|shipping agent|tour operator|mobile operator|network operator|sales representative job|user agent|free agent|personal assistant|contact person|contact lenses|contact details|contact number|customer service hours|customer service rating|support page|person detector|operator manual|bleaching agent|call forwarding|call history|chat history|agent fee|person limit|human body|manager role|team colours
`

// askEnglish are patterns of requests.
const askEnglish = `
{lead} {reach} {p} {tail}
{lead} {reach} {p} {tail}
{lead} {reach} {p}
{you} {give} {p} {tail}
{you} {give} {p} {tail}
{you} {give} {p}
{give} {noun}
{reach} {noun}
{you} have {p} {act}
{you} ask {p} to {act}
{you} get {p} to {act}
can {p} {act} {tail}
could {p} {act} {tail}
let {p} {act} {tail}
I need {p} to {act} {tail}
I want {p} to {act} {tail}
I would like {p} to {act} {tail}
{noun} {tail}
{noun} please
need {noun} {tail}
I need {p} {tail}
I want {p} {tail}
looking for {p} {tail}
is there {p} I can {reach} {tail}
is there {p} available {tail}
is {p} available {tail}
is {p} there
do you have {p} I can {reach}
do you have {p}
are there any {noun}s here
are there {noun}s I can {reach} {tail}
where is {p}
where are the {noun}s
who can I {reach} {tail}
who do I {reach} {tail}
who should I {reach} {tail}
when can I {reach} {p}
I don't want {bot} I want {p}
no {bot} just {noun} {tail}
not {bot} but {p}
I want {p} not {bot}
enough of {bot} get me {p}
I don't want to {reach} {bot}
I do not want to {reach} {bot} {tail}
stop this {bot} and {give} {p}
I'm done with {bot} {give} {p}
assistance {reach} {p}
help {reach} {p}
I need assistance {reach} {p}
I need help contacting {p}
need help talking to {p}
{you} {act} {tail}
someone {act} {tail}
someone please {act}
somebody please {act} {tail}
what number can I call to {reach} {p}
what is the number to {reach} {p}
call back {tail}
I want a call back {tail}
request a call from {p}
I prefer {noun} over {bot}
I would rather {reach} {p} {tail}
transfer me {tail}
`

// otherEnglish are patterns of what asks for no person.
const otherEnglish = `
are you {p}
are you {p} or {bot}
are u {p}
r u {noun}
am I speaking with {p}
you are a good {noun}
you are an awesome {noun}
great {noun}
{p} from our company will visit you
our {noun} will collect the {thing}
our {noun} in Dubai will come
we need {p} in Paris
we are looking for {noun}s in Spain to sell the {thing}
find someone who fixes cars
find {p} who repairs a {thing}
a {thing} for one person
the {noun} approval is attached
I have the {noun} approval here
can we have a {noun} sample
we got help from {hum}
is there {p} who ships the {thing}
I contacted {p} but the call was cut
I was talking to {p} and the chat ended
does {p} need to see my {thing}
do {noun}s work on sunday
can {noun}s see my {thing}
what does {p} do
who is {p}
speak louder please
speak like a man
talk to me in French
when you talk to me call me Bob
am I talking to {p}
am I chatting with {bot}
is this {p} or {bot}
you sound like {p}
I spoke to {p} yesterday
I already talked to {p} last week
{p} told me the {thing} would come
{p} said my {thing} was sent
your {noun} was very kind
the {noun} was rude to me yesterday
the {noun} did not answer my call
what are the hours of {p}
I don't need {p}
I do not want {p} just my {thing}
no need for {p}
don't {give} {p}
please don't call me
can {other} use my {thing}
can I send money to {other}
how do I transfer {thing} to {other}
how do I send my {thing} to {other}
can {other} pick up my {thing}
I want to give my {thing} to {other}
tell {other} to call me
{other} wants to contact me about the {thing}
what is {hum}
how much is the {hum}
do you sell {hum}
where is the {hum}
I have a question about {hum}
how do I change the {hum}
can I get {hum} with my {thing}
I want to talk about my {thing}
I want to ask about my {thing}
I need help with my {thing}
I need my {thing} now
give me my {thing}
get me my {thing} please
connect my {thing} to the phone
connect the {thing} to wifi
transfer my {thing} to another {thing}
call the shop about my {thing}
can you call my {thing}
how many people can use the {thing}
does anyone know where my {thing} is
has anyone reviewed this {thing}
someone used my {thing}
someone stole my {thing}
someone sent me a {thing}
do I need someone at home for the {thing}
is there someone who ships the {thing} to Spain
who delivers the {thing}
who can use the {thing}
my manager needs the {thing}
how can I contact {other}
I want to speak French
speak slower
talk to me about the {thing}
tell me about the {thing}
can you help me
can you help me with my {thing}
help me find my {thing}
please help me
help
hi
hello
thanks
ok
please
now
can you help
I have a problem with my {thing}
what can you do
who made you
who are you
when can I get my {thing}
is my {thing} available
is there a {thing} available
where is my {thing}
I want to cancel my {thing}
I need to change the {thing}
you are not helping
this {bot} is great
how does the {bot} work
do you sell a {bot}
my {bot} vacuum does not work
`
