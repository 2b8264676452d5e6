namespace ClosedLoop.Grains.Mailings;

/// <summary>
/// The life of one mailing; key: the mailing id. No call waits for sending: each returns when the decision is stored.
/// </summary>
[Alias("ClosedLoop.Mailing")]
public interface IMailingGrain : IGrainWithStringKey
{
    /// <summary>
    /// Hands the mailing to dispatch, or goes on after a restart. Starting twice does nothing the second time.
    /// </summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>Stops claiming recipients; whoever is being handed over is still finished.</summary>
    /// <returns><c>false</c> when the mailing is not being sent.</returns>
    [Alias("Pause")]
    Task<bool> PauseAsync(string reason);

    /// <returns><c>false</c> when the mailing is not paused.</returns>
    [Alias("Resume")]
    Task<bool> ResumeAsync();

    /// <summary>Ends the mailing: whoever still waits becomes cancelled.</summary>
    /// <returns><c>false</c> when the mailing has ended already.</returns>
    [Alias("Cancel")]
    Task<bool> CancelAsync(string reason);

    /// <summary>
    /// Sends a finished mailing again to those of its recipients who are worth another try (closed-loop spec section 14). While that goes on it is refused,
    /// so that asking twice sends once.
    /// </summary>
    /// <param name="soft">To those who bounced softly.</param>
    /// <param name="unknown">To those in doubt.</param>
    /// <param name="dryRun">Only says whom it would reach.</param>
    /// <returns>Counts: selected, left out and why; or why it is refused.</returns>
    [Alias("Resend")]
    Task<OperatorAnswer> ResendAsync(bool soft, bool unknown, bool dryRun);

    /// <summary>As <see cref="ResendAsync"/>, to those whom the mailing could not send to: nobody whose message was taken gets it again.</summary>
    /// <param name="refused">Also to those who were refused for good; without it only to those whose reason may pass.</param>
    /// <param name="dryRun">Only says whom it would reach.</param>
    [Alias("RetryFailed")]
    Task<RetryAnswer> RetryFailedAsync(bool refused, bool dryRun);

    /// <summary>Goes on with a mailing that its silo has left, and asks after slices whose silo may have gone. Cheap while all is well: several silos ask every few seconds.</summary>
    [Alias("Watch")]
    Task WatchAsync();

    /// <summary>Looks at every slice now, whatever time it gave: something that held recipients up is gone.</summary>
    [Alias("Hasten")]
    Task HastenAsync();

    /// <summary>Recipients were added to a slice of a standing mailing: it is looked at now, and once more when it is being sent already.</summary>
    /// <param name="number">Number of the slice.</param>
    [Alias("Extended")]
    Task ExtendedAsync(int number);

    /// <summary>A batch has no more recipients that are due.</summary>
    [Alias("BatchDone")]
    Task BatchDoneAsync(BatchReport report);

    [Alias("GetProgress")]
    [AlwaysInterleave]
    Task<MailingProgress> GetProgressAsync();
}
