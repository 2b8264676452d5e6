namespace ClosedLoop.Grains.Mailings;

/// <summary>One slice of a mailing's ledger; key: <c>mailing/number</c>.</summary>
[Alias("ClosedLoop.RecipientBatch")]
public interface IRecipientBatchGrain : IGrainWithStringKey
{
    /// <summary>Starts sending the slice in the background; does nothing while it is running. Reports to the mailing.</summary>
    [Alias("Run")]
    Task RunAsync();

    /// <summary>Asks a running send to end after what it has claimed.</summary>
    [Alias("Stop")]
    Task StopAsync();
}
