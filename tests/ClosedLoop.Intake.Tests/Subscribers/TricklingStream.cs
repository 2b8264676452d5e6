namespace ClosedLoop.Intake.Tests.Subscribers;

/// <summary>Hands out a few bytes at a time, so that every kind of token is cut by the end of a buffer.</summary>
internal sealed class TricklingStream(byte[] bytes, Random random) : MemoryStream(bytes, writable: false)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, random.Next(1, 8)));
}
