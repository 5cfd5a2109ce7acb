namespace EdgeGateway.Manifests;

/// <summary>A template or what it refers to is not right; the message names file, place and what was expected.</summary>
public sealed class GenerateException : Exception
{
    public GenerateException(string message)
        : base(message)
    {
    }

    public GenerateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public GenerateException()
    {
    }
}
