namespace ClosedLoop.Model.Delivery;

/// <summary>Fetches what source mailings refer to.</summary>
public interface IReferencedContent
{
    /// <summary>Begins a run: within it an address is fetched once, beyond it nothing is remembered (closed-loop spec section 10).</summary>
    IContentRun StartRun();
}
