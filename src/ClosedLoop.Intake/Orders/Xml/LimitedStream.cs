namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>Reads no more than so many bytes of another stream; the next one is a <see cref="LimitException"/>. Owns the other stream.</summary>
internal sealed class LimitedStream(Stream inner, long limit, string message) : ForwardStream(inner)
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        var read = Inner.Read(buffer);
        _read += read;
        return _read > limit ? throw new LimitException(message) : read;
    }
}
