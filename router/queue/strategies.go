package queue

// Strategies are the strategies by the names that operators choose them by.
func Strategies() map[string]Strategy {
	return map[string]Strategy{
		"longest_idle": LongestIdle, "least_loaded": LeastLoaded, "sticky": Sticky,
		"language": ByLanguage, "skill": BySkill,
	}
}
