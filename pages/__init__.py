"""Our own pages: what a coordinator sees in the browser, in the plan's language, behind the same sign-in as Prefect's interface.

Plain pages made on the server; what they write is written by the service layer, as the command line does. They know nothing of
Prefect: what they want of it they are handed (`runs.py`).
"""
