[assembly: CollectionBehavior(DisableTestParallelization = true)] // VirtualTime
