namespace EdgeGateway.Content.Downloads;

/// <summary>What readers were told of the content that is arriving.</summary>
/// <param name="Size">See <see cref="IContentReader.Size"/>.</param>
/// <param name="Tag">See <see cref="IContentReader.Tag"/>.</param>
internal sealed record ContentVersion(long Size, string Tag);
