using EdgeGateway.Serial.Protocol.Frames;

namespace EdgeGateway.Simulators.Mcu.Node;

/// <summary>The frame a node answered last and its answer: the very frame again gets the very answer again (wire-protocol.md section 3, repeats).</summary>
internal sealed class AnswerMemory
{
    private FrameHeader? _question;
    private uint _questionCrc;
    private int _questionLength;
    private byte[] _answer = [];

    /// <summary>The answer if this is the frame that was answered last.</summary>
    public byte[]? Find(in Frame frame) =>
        _question == frame.Header && _questionLength == frame.Body.Length && _questionCrc == Crc32C.Of(frame.Body) ? _answer : null;

    public void Remember(in Frame frame, byte[] answer)
    {
        (_question, _questionCrc, _questionLength) = (frame.Header, Crc32C.Of(frame.Body), frame.Body.Length);
        _answer = answer;
    }
}
