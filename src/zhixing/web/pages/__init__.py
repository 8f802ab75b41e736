"""One file for each room a person walks into: today, a task, a lab, the plan …"""
