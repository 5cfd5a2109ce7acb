namespace EdgeGateway.Content.Downloads;

/// <summary>A download at one moment.</summary>
/// <param name="Version">What is arriving; null while that is not known.</param>
/// <param name="Generation">Rises each time the bytes are thrown away.</param>
/// <param name="Readable">Bytes from the start that may be read.</param>
/// <param name="Failure">Why no more will come; null while it may.</param>
/// <param name="Afresh">Why the last bytes were thrown away.</param>
internal readonly record struct ArrivalView(ContentVersion? Version, int Generation, long Readable, Exception? Failure, ContentFailure Afresh);
