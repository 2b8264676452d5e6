namespace ClosedLoop.Model.Delivery;

/// <summary>Sends one slice of a mailing's ledger; the door between deciding (grains) and delivering (channels).</summary>
public interface IBatchSender
{
    /// <summary>
    /// Sends everybody of the slice whose time has come. Ends early, without an error, when the mailing is no longer
    /// being sent or <paramref name="cancellation"/> asks; whoever was claimed is recorded first.
    /// </summary>
    Task<BatchResult> SendAsync(BatchSlice slice, CancellationToken cancellation);
}
