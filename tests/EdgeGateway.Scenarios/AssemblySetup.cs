// Each scenario has a gateway, a hub and lines of its own; more than a few at once would only make each other slow.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]

// terminals, locks and file modes are those of Linux
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
