using System.Text;

namespace EdgeGateway.Hub.Mqtt;

/// <summary>Rules of the strings inside packets (MQTT 3.1.1, sections 1.5.3 and 4.7).</summary>
internal static class MqttText
{
    /// <summary>Longest encoded string: its length is two bytes on the wire.</summary>
    public const int MaxBytes = ushort.MaxValue;

    /// <summary>UTF-8 that refuses what is not UTF-8, in both directions.</summary>
    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Encoded length of a text.</summary>
    /// <exception cref="MqttProtocolException">Half of a surrogate pair.</exception>
    public static int CountBytes(string text)
    {
        try
        {
            return text.Contains('\0', StringComparison.Ordinal)
                ? throw new MqttProtocolException("A string to send has the character U+0000.")
                : Utf8.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new MqttProtocolException("A string to send is not valid Unicode text.", e);
        }
    }

    /// <exception cref="MqttProtocolException">Empty, or with a wildcard.</exception>
    public static void CheckTopic(string topic)
    {
        if (topic.Length == 0 || topic.AsSpan().ContainsAny('+', '#'))
        {
            throw new MqttProtocolException($"Topic '{topic}' is empty or has a wildcard; a message needs a plain topic.");
        }
    }

    /// <exception cref="MqttProtocolException">Empty, or with a wildcard where none may stand.</exception>
    public static void CheckFilter(string filter)
    {
        var levels = filter.Split('/');
        for (var i = 0; i < levels.Length; i++)
        {
            var level = levels[i];
            var wildcard = level.AsSpan().ContainsAny('+', '#');
            if (filter.Length == 0 || (wildcard && level.Length > 1) || (level == "#" && i < levels.Length - 1))
            {
                throw new MqttProtocolException($"Topic filter '{filter}' is empty or has a wildcard in the wrong place.");
            }
        }
    }
}
