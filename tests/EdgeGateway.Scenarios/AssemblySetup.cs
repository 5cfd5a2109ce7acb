// Each scenario has a gateway, a hub and lines of its own; they mostly wait, so four at once keep two cores busy.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

// terminals, locks and file modes are those of Linux
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
