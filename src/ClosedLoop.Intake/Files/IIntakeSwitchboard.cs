namespace ClosedLoop.Intake.Files;

/// <summary>What intake asks of the grains.</summary>
public interface IIntakeSwitchboard
{
    /// <summary>Hands a mailing to dispatch; a second time does nothing.</summary>
    Task StartMailingAsync(long mailingId);

    Task CancelMailingAsync(long mailingId, string reason);

    /// <summary>A failed file stops its folder until an operator acts.</summary>
    Task StopFolderAsync(string clientKey, string reason);

    Task ResumeFolderAsync(string clientKey);
}
