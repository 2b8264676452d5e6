namespace ClosedLoop.Mail.Sink;

/// <summary>Decides which recipients the sink mistreats.</summary>
public interface ISinkScript
{
    /// <summary>The rule for this recipient; null takes the mail. Called from many sessions at once.</summary>
    SinkRule? For(string recipient);
}
