namespace EdgeGateway.Serial.Links.Posix;

/// <summary>Hears what happens to one file. Called on the loop's only thread: no blocking, no throwing. May be called once more after its removal.</summary>
internal interface IEpollHandler
{
    void OnEvents(EpollEvents events);

    /// <summary>The loop ended; nothing will be heard any more.</summary>
    void OnLoopEnded();
}
