namespace EdgeGateway.Containers.Site;

/// <summary>Speeds of lines.</summary>
internal static class Lines
{
    /// <summary>The image takes about 17 s, so that something can happen in mid-transfer.</summary>
    public const int Slow = 38_400;
}
