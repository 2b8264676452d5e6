using System.Buffers;
using ClosedLoop.Intake.Orders.Lists;

namespace ClosedLoop.Intake.Orders.Folders;

/// <summary>Copies at most so many bytes: a file may grow while it is read.</summary>
internal static class BoundedCopy
{
    private const int BufferBytes = 256 * 1024;

    /// <exception cref="ListFaultException">There are more.</exception>
    public static async Task RunAsync(Stream source, Stream target, long maxBytes, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long total = 0;
            int read;
            while ((read = await source.ReadAsync(buffer, cancellation)) > 0)
            {
                total += read;
                if (total > maxBytes) throw new ListFaultException(FormattableString.Invariant($"the file has more than {maxBytes} bytes"));
                await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
